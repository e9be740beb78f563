/* Evaluated in the page as one object of questions about it. */
({
  visibleTexts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const said = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (parent && !parent.closest('code, pre, script, style, textarea') && parent.checkVisibility()) said.push(node.data.trim())
    }
    return said.filter((text) => text !== '')
  },

  tooWide() {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    const isInScroller = (element) => {
      for (let up = element.parentElement; up; up = up.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true
      return false
    }
    const right = (element) => Math.round(element.getBoundingClientRect().right)
    const culprits = [...document.body.querySelectorAll('*')].filter((each) => right(each) > width + 1 && !isInScroller(each))
    return ['the page scrolls sideways', ...culprits.slice(0, 3).map((each) => `${each.tagName.toLowerCase()}.${each.className} ends at ${right(each)} px`)]
  },

  async violations(levels) {
    const { violations } = await axe.run(document, { runOnly: levels, resultTypes: ['violations'] })
    const why = (node) => [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ').slice(0, 160)
    return violations.flatMap((each) => each.nodes.slice(0, 4).map((node) => `${each.id}: ${node.target.join(' ')} (${why(node)})`))
  },
})
