// Checks a site that was built: whatever its pages link to or load is there, headings included.
// Usage: node site.mjs <folder of the site>. Prints what is wrong, and ends with 1 if anything is.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const site = resolve(process.argv[2])
const pages = readdirSync(site, { recursive: true }).map(String).filter((name) => name.endsWith('.html'))
const html = new Map(pages.map((name) => [join(site, name), readFileSync(join(site, name), 'utf8')]))
const wrong = []
for (const [page, text] of html) {
  for (const [, link] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
    if (/^([a-z]+:|\/\/|#$|$)/.test(link)) continue
    const [path, anchor] = decodeURI(link).split('#')
    let target = path === '' ? page : path.startsWith('/') ? join(site, path) : resolve(dirname(page), path)
    if (existsSync(target) && statSync(target).isDirectory()) target = join(target, 'index.html')
    if (!existsSync(target)) {
      wrong.push(`${relative(site, page)}: there is no ${link}`)
    } else if (anchor && html.has(target) && !html.get(target).includes(`id="${anchor}"`)) {
      wrong.push(`${relative(site, page)}: ${relative(site, target)} has no heading for #${anchor}`)
    }
  }
}
for (const line of new Set(wrong)) console.error(line)
console.log(`${html.size} pages in the site, ${wrong.length} wrong links`)
process.exit(wrong.length > 0 || html.size === 0 ? 1 : 0)
