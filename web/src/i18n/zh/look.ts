export default {
  theme: '颜色',
  system: '跟随系统',
  light: '浅色',
  dark: '深色',
  contrast: '高对比',
  large: '大字',
  language: '语言',
  title: '外观',
}
