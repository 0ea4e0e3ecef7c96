"""What the browser is asked about a page: all it says, how much too wide it is, and what broke its policy."""

TOLD = """() => {
  const said = ["aria-label", "title", "placeholder", "alt"].flatMap((name) =>
    [...document.querySelectorAll(`body [${name}]`)].map((it) => it.getAttribute(name)));
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode())
    if (!nodes.currentNode.parentElement.closest("script, style, template, code, pre, [lang=en], [data-verbatim]"))
      said.push(nodes.currentNode.textContent);
  return said.join(" \\n ");
}"""
BROKEN = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(
  document.documentElement.scrollWidth - window.innerWidth))))"""
LISTEN = """window.broken = [];
addEventListener("securitypolicyviolation", (it) => broken.push(`${it.violatedDirective} ${it.blockedURI}`));"""
