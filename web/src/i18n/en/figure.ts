export default {
  none: 'no record',
  opens: 'open the records',
  was: 'was {was}',
  bare: 'bound to no ledger',
  sealed: 'sealed',
  month: { recorded: ' recorded', zero: 'confirmed zero', none: 'no record', future: 'not yet' },
}
