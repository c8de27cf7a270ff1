// Checks the links of all pages, to files and to headings, and that each page is found from the first one.
// Usage: node links.mjs [root of the repository]. Prints what is wrong, and ends with 1 if anything is.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..', '..'))
const docs = join(root, 'docs')

const slug = (heading) =>
  heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').trim().toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')

function pagesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.name.startsWith('.') || entry.name === 'node_modules'
      ? []
      : entry.isDirectory()
        ? pagesIn(join(folder, entry.name))
        : entry.name.endsWith('.md')
          ? [join(folder, entry.name)]
          : [],
  )
}

const withoutCode = (text) => text.replace(/^(```|~~~)[^\n]*\n[\s\S]*?^\1[ \t]*$/gm, '')

function headings(page) {
  const seen = new Map()
  return new Set(
    [...withoutCode(readFileSync(page, 'utf8')).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
      const name = slug(heading)
      const times = seen.get(name) ?? 0
      seen.set(name, times + 1)
      return times === 0 ? name : `${name}-${times}`
    }),
  )
}

function linksOf(page) {
  const text = withoutCode(readFileSync(page, 'utf8')).replace(/`[^`\n]*`/g, '')
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link).filter((link) => !/^[a-z]+:/.test(link))
}

const pages = [...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].map((name) => join(root, name)).filter(existsSync), ...pagesIn(docs)]
const wrong = []
const leads = new Map()
let links = 0
for (const page of pages) {
  const to = []
  for (const link of linksOf(page)) {
    links++
    const [path, anchor] = link.split('#')
    const target = path === '' ? page : resolve(dirname(page), path)
    if (!existsSync(target)) {
      wrong.push(`${relative(root, page)}: there is no ${link}`)
    } else {
      if (anchor && target.endsWith('.md') && !headings(target).has(decodeURIComponent(anchor))) {
        wrong.push(`${relative(root, page)}: ${relative(root, target)} has no heading for #${anchor}`)
      }
      to.push(target)
    }
  }
  leads.set(page, to)
}

const found = new Set()
const next = [join(docs, 'index.md')]
while (next.length > 0) {
  const page = next.pop()
  if (!found.has(page)) {
    found.add(page)
    next.push(...(leads.get(page) ?? []))
  }
}
for (const page of pages) {
  if (page.startsWith(docs) && !found.has(page)) {
    wrong.push(`${relative(root, page)}: no link leads here from docs/index.md`)
  }
}

for (const line of wrong) console.error(line)
console.log(`${pages.length} pages with ${links} links, ${wrong.length} wrong`)
process.exit(wrong.length > 0 || (!process.argv[2] && pages.length < 60) ? 1 : 0)
