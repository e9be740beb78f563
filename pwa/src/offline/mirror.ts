/** What the screens need of the database, in memory: kept equal to it by every committed change. */
import type { Database, StoreChange } from './database'
import { THIS, type DeviceRow, type FeedRow, type InboxRow, type OutboxRecord, type Rows, type SessionRow, type StoreName, type VaultRow } from './rows'

const MIRRORED = ['tasks', 'checklists', 'drafts', 'outbox', 'uploads', 'device', 'session', 'feed', 'inbox', 'vault'] as const
export type Mirrored = (typeof MIRRORED)[number]

type Maps = { [S in Mirrored]: ReadonlyMap<string, Rows[S]> }

/** Maps are replaced, never changed: an unchanged map is the same object. */
export class Mirror {
  private maps: Maps = emptyMaps()

  constructor(private readonly changed: () => void) {}

  all<S extends Mirrored>(store: S): Maps[S] {
    return this.maps[store]
  }

  get device(): DeviceRow | null {
    return this.maps.device.get(THIS) ?? null
  }

  get session(): SessionRow | null {
    return this.maps.session.get(THIS) ?? null
  }

  get feed(): FeedRow | null {
    return this.maps.feed.get(THIS) ?? null
  }

  get inbox(): InboxRow | null {
    return this.maps.inbox.get(THIS) ?? null
  }

  get vault(): VaultRow | null {
    return this.maps.vault.get(THIS) ?? null
  }

  /** In the order of minting. */
  operations(): OutboxRecord[] {
    return [...this.maps.outbox.values()].sort((a, b) => a.operation.sequence - b.operation.sequence)
  }

  /** Reads all anew: at start, and when another tab has written. */
  async load(db: Database): Promise<void> {
    const rows = await db.read([...MIRRORED], (tx) => Promise.all(MIRRORED.map((store) => tx.getAll(store))))
    const maps: Record<string, ReadonlyMap<string, unknown>> = {}
    MIRRORED.forEach((store, i) => {
      maps[store] = new Map((rows[i] ?? []).map((row) => [keyOf(row), row]))
    })
    this.maps = maps as unknown as Maps
    this.changed()
  }

  apply(changes: readonly StoreChange[]): void {
    const copied: Record<string, Map<string, unknown>> = {}
    for (const { store, key, row } of changes) {
      if (!isMirrored(store)) continue
      const map = (copied[store] ??= new Map<string, unknown>(this.maps[store]))
      if (row === null) map.delete(key)
      else map.set(key, row)
    }
    this.maps = { ...this.maps, ...copied }
    this.changed()
  }
}

function emptyMaps(): Maps {
  return Object.fromEntries(MIRRORED.map((store) => [store, new Map()])) as unknown as Maps
}

function isMirrored(store: StoreName): store is Mirrored {
  return (MIRRORED as readonly StoreName[]).includes(store)
}

function keyOf(row: Rows[Mirrored]): string {
  if ('partId' in row && !('id' in row)) return row.partId
  return 'id' in row && !('key' in row) ? row.id : THIS
}
