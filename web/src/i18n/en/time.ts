export default {
  start: 'start',
  off: 'off',
  madeUp: 'work',
  weeksCut: '{n} weeks between left out',
  overdue: '{n} days overdue',
  today: 'today',
  left: '{n} days left',
  extended: 'lawfully extended',
  estimated: 'estimated',
}
