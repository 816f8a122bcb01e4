export default {
  theme: 'Colours',
  system: 'System',
  light: 'Light',
  dark: 'Dark',
  contrast: 'Contrast',
  large: 'Large type',
  language: 'Language',
  title: 'Appearance',
}
