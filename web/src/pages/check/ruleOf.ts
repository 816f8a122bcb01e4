import type { Statute } from '@/composables/statute'
import type { Numbered } from './marks'

/** What the foot says of a finding: its rule, in the place of an article. */
export const ruleOf = (t: (key: string) => string, finding: Numbered): Statute => ({
  source: `${t('check.rules')} ${t(`check.group.${finding.group}`)}`,
  says: finding.suggestion || finding.message,
})
