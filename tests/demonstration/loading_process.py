"""A process that loads the large demonstration, to be killed: `python -m ... URL FOLDER TARGETS SEED`."""

import asyncio
import sys
from pathlib import Path

from palmcheck.app import REACTIONS
from palmcheck.demonstration.large import Width, load_large_demonstration
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.folder_store import FolderStore
from palmcheck.kernel.unit_of_work import Database


async def load(url: str, folder: Path, width: Width) -> None:
    database = Database(open_engine(url), REACTIONS, FolderStore(folder / "evidence"))
    await load_large_demonstration(database, folder, width)


if __name__ == "__main__":
    url, folder, targets, seed = sys.argv[1:]
    asyncio.run(load(url, Path(folder), Width(int(targets), int(seed))))
