"""Pictures that stand for photos of past visits: each is another one, and each says by its looks that it is drawn."""

import struct
import zlib
from random import Random

WIDTH, HEIGHT = 640, 480
SKY, FLOOR = (206, 218, 226), (168, 160, 148)
COLOURS = ((178, 74, 58), (58, 108, 144), (96, 132, 84), (196, 158, 84), (118, 96, 138), (72, 72, 76))


def picture(seed: str) -> bytes:
    """A PNG of some boxes before a wall, 640 x 480, about 3 KB."""
    random = Random(seed)
    boxes = [
        (random.randrange(20, 520), random.randrange(60, 100), random.randrange(120, 300), random.choice(COLOURS))
        for _ in range(6)
    ]
    rows = b"".join(b"\x00" + _row(y, boxes) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = (b"IHDR", header), (b"tEXt", f"Comment\0{seed}".encode("latin-1")), (b"IDAT", zlib.compress(rows, 6))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts) + _chunk(b"IEND", b"")


def _row(y: int, boxes: list[tuple[int, int, int, tuple[int, int, int]]]) -> bytes:
    row = bytearray(bytes(SKY if y < HEIGHT * 3 // 4 else FLOOR) * WIDTH)
    for left, width, top, colour in boxes:
        if top <= y < HEIGHT * 7 // 8:
            row[left * 3 : (left + width) * 3] = bytes(colour) * width
    return bytes(row[: WIDTH * 3])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
