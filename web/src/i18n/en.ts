// One file a page or subject: ./en/today.ts becomes the keys today.*
const files = import.meta.glob<{ default: Record<string, unknown> }>('./en/*.ts', { eager: true })

export default Object.fromEntries(
  Object.entries(files).map(([path, file]) => [path.slice(path.lastIndexOf('/') + 1, -3), file.default]),
)
