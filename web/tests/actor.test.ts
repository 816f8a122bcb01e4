import { expect, it } from 'vitest'
import { sayActor } from '@/text/actor'

it('names who did it, or what', () => {
  const words = { t: (key: string) => `«${key}»`, te: (key: string) => key === 'history.nobody.local' }
  expect(sayActor(words, { actor: 'li', actor_name: '李某' })).toBe('李某')
  expect(sayActor(words, { actor: 'li' })).toBe('li')
  expect(sayActor(words, { actor: 'local', actor_name: 'local' })).toBe('«history.nobody.local»')
})
