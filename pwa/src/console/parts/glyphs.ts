/** Outlines that only the console uses, in a 24-unit box like those of src/ui/icons.ts. */
export const glyphs = {
  overview: 'M4 11.500L12 4.500l8 7M6 10v9.500h12V10M10 19.500v-5h4v5',
  draws: 'M5 5h14v14H5zM8.800 8.800h.1M15.200 8.800h.1M12 12h.1M8.800 15.200h.1M15.200 15.200h.1',
  inspections: 'M8 5.500H5.500v14h13v-14H16M8.500 4h7v3.500h-7zM8.500 13l2.300 2.300 4.500-4.500',
  figures: 'M4.500 19.500h15M7 16v-4M12 16V6M17 16V9.500',
  registry: 'M5 20V5h9v15M14 10h5v10M3.500 20h17M8 8.500h3M8 12h3M8 15.500h3',
  search: 'M10.500 17a6.500 6.500 0 100-13 6.500 6.500 0 000 13zM15.500 15.500L20 20',
  phone: 'M8 3.500h8v17H8zM11 17.500h2',
  desk: 'M4 5h16v10.500H4zM9 19.500h6M12 15.500v4',
  leave: 'M14 8V4.500H5v15h9V16M10 12h10M17 9l3 3-3 3',
  copy: 'M9 9h10.500v10.500H9zM15 9V4.500H4.500V15H9',
  globe: 'M12 20.500a8.500 8.500 0 100-17 8.500 8.500 0 000 17zM3.500 12h17M12 3.500c5 5 5 12 0 17M12 3.500c-5 5-5 12 0 17',
  building: 'M5 20V5h9v15M14 10h5v10M3.500 20h17M8 8.500h3M8 12h3M8 15.500h3',
} as const

export type GlyphName = keyof typeof glyphs
