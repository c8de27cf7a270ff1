import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { defineConfig } from 'vitepress'

const docs = resolve(import.meta.dirname, '..')
const repository = 'https://github.com/atleastonce/atleastonce'

/** As GitHub does it, so that a link to a heading is right in both places. */
function slugify(heading: string) {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')
}

const faults = readdirSync(join(docs, 'faults'))
  .filter((file) => file !== 'index.md')
  .map((file) => file.replace(/\.md$/, ''))
  .map((file) => ({ text: file.toUpperCase().replaceAll('-', '_'), link: `/faults/${file}` }))

export default defineConfig({
  title: 'AtLeastOnce',
  description: 'Every fault that at-least-once messaging and process death permit, in a JUnit test',
  lang: 'en',
  outDir: '../target/guide',
  cacheDir: '../target/guide-cache',
  srcExclude: ['node_modules/**', 'decisions/**'],
  metaChunk: true,
  markdown: {
    anchor: { slugify },
    config(md) {
      // What lies outside of the guide, such as an example or a decision, is shown where the sources are.
      md.core.ruler.push('repository', (state) => {
        const page = resolve(docs, dirname(state.env.relativePath ?? 'index.md'))
        for (const block of state.tokens) {
          for (const token of block.children ?? []) {
            const href = token.type === 'link_open' ? token.attrGet('href') : null
            if (!href || /^([a-z]+:|#|\/)/.test(href)) continue
            const [path, anchor] = href.split('#')
            const target = resolve(page, path)
            const from = relative(docs, target)
            if (from.startsWith('..') || from.startsWith('decisions')) {
              if (!existsSync(target)) throw new Error(`${state.env.relativePath}: there is no ${path}`)
              token.attrSet('href', `${repository}/tree/main/${relative(dirname(docs), target)}${anchor ? `#${anchor}` : ''}`)
            }
          }
        }
      })
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: 'deep',
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Faults', link: '/faults/' },
      { text: 'Patterns', link: '/patterns/' },
      { text: 'Frameworks', link: '/frameworks/' },
      { text: 'Troubleshooting', link: '/troubleshooting' },
    ],
    sidebar: [
      {
        text: 'Guide',
        items: [
          { text: 'Start in ten minutes', link: '/start' },
          { text: 'How it works', link: '/how-it-works' },
          { text: 'What a pass means', link: '/what-a-pass-means' },
          { text: 'Troubleshooting', link: '/troubleshooting' },
        ],
      },
      { text: 'Faults', link: '/faults/', collapsed: true, items: faults },
      {
        text: 'Patterns',
        link: '/patterns/',
        collapsed: false,
        items: [
          { text: 'Idempotent consumer', link: '/patterns/idempotent-consumer' },
          { text: 'Outbox', link: '/patterns/outbox' },
          { text: 'Saga', link: '/patterns/saga' },
          { text: 'Process manager', link: '/patterns/process-manager' },
          { text: 'Webhook', link: '/patterns/webhook' },
        ],
      },
      {
        text: 'Frameworks',
        link: '/frameworks/',
        collapsed: false,
        items: [
          { text: 'Spring', link: '/frameworks/spring' },
          { text: "Kafka's own clients", link: '/frameworks/kafka-clients' },
          { text: 'Kafka Streams', link: '/frameworks/kafka-streams' },
          { text: 'Micronaut', link: '/frameworks/micronaut' },
          { text: 'Quarkus', link: '/frameworks/quarkus' },
          { text: 'Kotlin', link: '/frameworks/kotlin' },
          { text: 'JMS', link: '/frameworks/jms' },
          { text: 'RabbitMQ', link: '/frameworks/rabbitmq' },
          { text: 'Redis Streams', link: '/frameworks/redis-streams' },
          { text: 'SQS', link: '/frameworks/sqs' },
          { text: 'Temporal', link: '/frameworks/temporal' },
        ],
      },
      {
        text: 'Reference',
        items: [
          { text: 'What exactly happens', link: '/semantics' },
          { text: "Spring's listeners", link: '/spring' },
          { text: 'Third parties and webhooks', link: '/http' },
          { text: 'Sagas and journeys', link: '/journeys' },
          { text: 'When events change', link: '/evolution' },
          { text: 'Other channels', link: '/channels' },
          { text: 'Architecture rules', link: '/archrules' },
          { text: 'Limits of the rules', link: '/archrules-limits' },
          { text: 'Pipelines', link: '/pipelines' },
        ],
      },
      {
        text: 'Measured',
        items: [
          { text: 'Simulated and real deaths', link: '/simulation' },
          { text: 'The bug corpus', link: '/bug-corpus' },
          { text: 'Compatibility', link: '/compatibility' },
          { text: 'Other frameworks', link: '/frameworks' },
          { text: 'What comes along', link: '/dependencies' },
          { text: 'Benchmarks', link: '/benchmarks' },
          { text: 'How schedules grow', link: '/growth' },
        ],
      },
    ],
    socialLinks: [{ icon: 'github', link: repository }],
    footer: { message: 'Apache License 2.0' },
  },
})
