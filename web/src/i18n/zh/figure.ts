export default {
  none: '无记录',
  opens: '打开记录',
  was: '原为 {was}',
  bare: '没有连到台账',
  sealed: '已封存',
  month: { recorded: '件', zero: '已确认为零', none: '无记录', future: '未到' },
}
