const kept = new Set(['class', 'colspan', 'rowspan', 'lang'])
const dropped = 'script,style,link,meta,title,base,iframe,object,embed,form,input,button,img,svg'

/** The content of a paper the server drew as a page of its own, to be shown in ours: words and tables alone. */
export function contentOf(html: string): string {
  // Styles go before it is parsed: our policy holds for what is only parsed, too, and would complain of each.
  const bare = html.replace(/<style[\s\S]*?<\/style>/g, '').replace(/\sstyle="[^"]*"/g, '')
  const page = new DOMParser().parseFromString(bare, 'text/html')
  for (const element of page.body.querySelectorAll(dropped)) element.remove()
  for (const element of page.body.querySelectorAll('*'))
    for (const { name } of [...element.attributes]) if (!kept.has(name)) element.removeAttribute(name)
  return page.body.innerHTML
}
