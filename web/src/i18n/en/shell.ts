export default {
  pages: 'Main navigation',
  skip: 'Skip to the page',
  overdue: '{n} overdue',
  year: 'Looking at {y}, can be changed',
  me: '{name}, account and appearance',
  signOut: 'Sign out',
  article: 'whole text',
  noArticle: 'The article that governs what has the focus is shown here',
  training: 'Training data: every record here is invented and can be wiped without trace',
  demo: 'Demonstration data: five invented towns; no number or name is real',
  nowhere: 'There is no such page, or it is not yours to see.',
  home: 'Back to Today',
}
