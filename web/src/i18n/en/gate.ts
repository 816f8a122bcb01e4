export default {
  stop: 'forbidden',
  warn: 'needs a reason',
  wait: 'to be filled',
  ok: 'met',
  supply: 'To be supplied by {role}.',
  more: '{n} more are met',
  head: '{stop} forbidden, {warn} need a reason, {ok} met',
}
