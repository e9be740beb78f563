/** Outlines in a 24-unit box, drawn with a round stroke. Added here only when a screen uses them. */
export const icons = {
  back: 'M15 5l-7 7 7 7',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6z',
  calendar: 'M4 6.5h16v13H4zM4 10.500h16M8 4v4M16 4v4',
  camera: 'M4 8h3.500l1.5-2.500h6L16.5 8H20v11H4zM12 16.500a3.25 3.25 0 100-6.5 3.25 3.25 0 000 6.500z',
  check: 'M5 12.500l4.5 4.500L19 7.5',
  circle: 'M12 20a8 8 0 100-16 8 8 0 000 16z',
  clock: 'M12 20.500a8.5 8.5 0 100-17 8.5 8.5 0 000 17zM12 7.500V12l3 2',
  cross: 'M6.5 6.500l11 11M17.5 6.500l-11 11',
  forward: 'M9 5l7 7-7 7',
  half: 'M12 20a8 8 0 100-16 8 8 0 000 16zM12 4v16M12 8h3.500M12 12h5M12 16h3.5',
  info: 'M12 20.500a8.5 8.5 0 100-17 8.5 8.5 0 000 17zM12 11v5.500M12 7.700v.1',
  list: 'M9 6.500h11M9 12h11M9 17.500h11M4.5 6.500h.1M4.5 12h.1M4.5 17.500h.1',
  offline: 'M4 4l16 16M5 12.500a10 10 0 013-2.200M8.5 16a5 5 0 017 0M12.5 8.500a10 10 0 016.5 3M12 19.500h.1',
  outbox: 'M12 15V4M7.5 8.500L12 4l4.5 4.500M4.5 14v5.500h15V14',
  pen: 'M4.5 19.500l1-4.500L16 4.500l3.5 3.500L9 18.500zM13.5 7l3.5 3.5',
  person: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20c.8-3.7 3.8-5.5 7.5-5.500s6.7 1.8 7.5 5.5',
  pin: 'M12 21s6.5-6 6.5-11a6.5 6.5 0 10-13 0c0 5 6.5 11 6.5 11zM12 12.300a2.3 2.3 0 100-4.6 2.3 2.3 0 000 4.600z',
  refresh: 'M19.5 12a7.5 7.5 0 11-2.2-5.300L19.5 9M19.5 4.500V9H15',
  scroll: 'M6 4h12v16H6zM9 8.500h6M9 12h6M9 15.500h4',
  trash: 'M5 7h14M9.5 7V4.500h5V7M7 7l.8 12.500h8.400L17 7',
  undo: 'M8.5 5L4.5 9l4 4M4.5 9H14a5 5 0 010 10h-3',
  warning: 'M12 4l9 16H3zM12 10v4.500M12 17.300v.1',
} as const

export type IconName = keyof typeof icons
