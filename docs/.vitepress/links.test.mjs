// The checkers of links find what is wrong, and nothing where all is well.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const SOUND = {
  'index.md': '# Home\n\n[start](start.md#two-words), ![picture](a.png), [the net](https://example.org)\n',
  'start.md': '# Start\n\n## `Two` words!\n\n[home](index.md) [below](#two-words) [again](#two-words-1)\n\n## Two words\n\n```\n[not](a-link.md)\n```\n',
  'a.png': '',
}

function checked(files) {
  const root = mkdtempSync(join(tmpdir(), 'links'))
  try {
    mkdirSync(join(root, 'docs'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'docs', name), text)
    const run = spawnSync(process.execPath, [join(import.meta.dirname, 'links.mjs'), root], { encoding: 'utf8' })
    return { status: run.status, wrong: run.stderr.trim() }
  } finally {
    rmSync(root, { recursive: true })
  }
}

test('is content with links that lead somewhere', () => {
  assert.deepEqual(checked(SOUND), { status: 0, wrong: '' })
})

test('finds a file that is not there', () => {
  const { status, wrong } = checked({ ...SOUND, 'start.md': SOUND['start.md'] + '[gone](gone.md)' })
  assert.equal(status, 1)
  assert.equal(wrong, 'docs/start.md: there is no gone.md')
})

test('finds a heading that is not there', () => {
  const { status, wrong } = checked({ ...SOUND, 'index.md': SOUND['index.md'].replace('two-words', 'three-words') })
  assert.equal(status, 1)
  assert.equal(wrong, 'docs/index.md: docs/start.md has no heading for #three-words')
})

test('finds a page that nobody links to', () => {
  const { status, wrong } = checked({ ...SOUND, 'alone.md': '[home](index.md)' })
  assert.equal(status, 1)
  assert.equal(wrong, 'docs/alone.md: no link leads here from docs/index.md')
})

function built(page) {
  const site = mkdtempSync(join(tmpdir(), 'site'))
  try {
    mkdirSync(join(site, 'deep'))
    writeFileSync(join(site, 'index.html'), '<h1 id="home">Home</h1><a href="./deep/">deep</a>')
    writeFileSync(join(site, 'deep', 'index.html'), page)
    const run = spawnSync(process.execPath, [join(import.meta.dirname, 'site.mjs'), site], { encoding: 'utf8' })
    return { status: run.status, wrong: run.stderr.trim() }
  } finally {
    rmSync(site, { recursive: true })
  }
}

test('is content with a site whose links lead somewhere', () => {
  const page = '<a href="/index.html#home">up</a> <a href="https://example.org/x">out</a> <a href="#a" id="a">here</a>'
  assert.deepEqual(built(page), { status: 0, wrong: '' })
})

test('finds what a site does not have', () => {
  const { status, wrong } = built('<a href="../gone.html">gone</a> <a href="/index.html#roof">roof</a>')
  assert.equal(status, 1)
  assert.equal(wrong, 'deep/index.html: there is no ../gone.html\ndeep/index.html: index.html has no heading for #roof')
})
