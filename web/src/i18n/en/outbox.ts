export default {
  offline: 'Offline',
  waiting: '{n} to send',
  offlineWaiting: 'Offline, {n} to send',
  empty: 'Nothing waits. What you save is kept here and sent when there is a network.',
  kept: 'Kept on this machine and sent when there is a network; pressing twice records it once',
  sent: '{n} sent',
  drop: 'Discard',
  lost: '{n} not sent yet. Signing out now removes them from this machine.',
  stay: 'Stay',
  leave: 'Remove and sign out',
  now: 'Send now',
}
