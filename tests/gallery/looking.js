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

  /* What a thumb is to hit, with the whole area that reacts: an input's label counts with it. Links in a sentence may be low. */
  tooSmall(least) {
    const targets = [...document.querySelectorAll('a[href], button, input:not([type=file]), select, textarea, summary, label:has(input[type=file])')]
    const area = (each) => (each.matches('input[type=radio], input[type=checkbox]') && each.closest('label')) || each
    const isInSentence = (each) => each.matches('a') && getComputedStyle(each).display === 'inline'
    const seen = targets.filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('.unseen') && !isInSentence(each))
    const size = (each) => area(each).getBoundingClientRect()
    const name = (each) => `${each.tagName.toLowerCase()}.${area(each).className} ${(each.innerText || each.ariaLabel || each.id || '').trim().slice(0, 20)}`
    return seen.filter((each) => Math.min(size(each).width, size(each).height) < least - 0.5).map((each) => `${name(each)} ${Math.round(size(each).width)} x ${Math.round(size(each).height)} px`)
  },

  /* Text that ends at the edge of a box which hides the rest. */
  cutOff() {
    const hides = (each) => /hidden|clip/.test(getComputedStyle(each).overflowX + getComputedStyle(each).overflowY) && !each.closest('.unseen, progress') && each !== document.documentElement
    const boxes = [...document.body.querySelectorAll('*')].filter((each) => each.innerText?.trim() && each.checkVisibility() && hides(each))
    return boxes.filter((each) => each.scrollWidth > each.clientWidth + 2 || each.scrollHeight > each.clientHeight + 2).map((each) => `${each.tagName.toLowerCase()}.${each.className} hides text: ${each.innerText.trim().slice(0, 30)}`)
  },

  async violations(levels) {
    const { violations } = await axe.run(document, { runOnly: levels, resultTypes: ['violations'] })
    const why = (node) => [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ').slice(0, 160)
    return violations.flatMap((each) => each.nodes.slice(0, 4).map((node) => `${each.id}: ${node.target.join(' ')} (${why(node)})`))
  },
})
