/** Times as the API writes them, and how far this device's clock is off. */

/** RFC 3339 UTC with milliseconds. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

/**
 * Device clock minus server clock in whole milliseconds: the server answered about half-way
 * between sending and receiving. 0 when the server's time cannot be read.
 */
export function clockOffset(sentAt: number, receivedAt: number, serverTime: string): number {
  const server = Date.parse(serverTime)
  return Number.isNaN(server) ? 0 : Math.round((sentAt + receivedAt) / 2 - server)
}
