interface Words {
  t: (key: string) => string
  te: (key: string) => boolean
}

/** Who did it: the person's name; what did it where it was no account (the command line, the public, examples). */
export function sayActor({ t, te }: Words, one: { actor: string; actor_name?: string }): string {
  const nobody = `history.nobody.${one.actor}`
  return te(nobody) ? t(nobody) : one.actor_name || one.actor
}
