export default {
  pages: '主导航',
  skip: '跳到正文',
  overdue: '逾期 {n} 件',
  year: '看 {y} 年，可换',
  me: '{name}，账号和外观',
  signOut: '退出登录',
  article: '全文',
  noArticle: '光标移到哪一项，这里就显示管它的条文',
  training: '训练数据　这里的记录都是编的，一键清除，不留痕迹',
  demo: '示范数据　五个编出来的镇，数字和人名都不是真的',
  nowhere: '没有这一页。可能是地址写错了，也可能您看不到它。',
  home: '回到今日',
}
