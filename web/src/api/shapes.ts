// Made of docs/schema/api.json by `npm run api-types`: change that, then make this again.

export type paths = Record<string, never>
export type webhooks = Record<string, never>
export type components = {
  schemas: {
    /** Format: uuid */
    Id: string
    /** Format: date */
    Day: string
    /** Format: date-time */
    Moment: string
    /** @description Division, village or department; digits that say nothing at the end are left out */
    OrgCode: string
    /** @description SHA-256 */
    Hash: string
    /**
     * @description V: the article was read; V-ex: seen in examples; M: from memory, unconfirmed
     * @enum {string}
     */
    Certainty: 'V' | 'V-ex' | 'M'
    /** @enum {string} */
    Level: 'nation' | 'province' | 'city' | 'county' | 'township' | 'village' | 'department'
    /** @enum {string} */
    OrgKind: 'division' | 'town' | 'township' | 'street' | 'village' | 'community' | 'department'
    /** @enum {string} */
    Severity: 'error' | 'warning' | 'note'
    Fault: {
      /** @description A field path (parties[1].name), a cell (Sheet1!B17) or empty */
      where: string
      message: string
      /** @description The article */
      source?: string
      /** @description Role that can give what is missing */
      supply?: string
      supply_label?: string
    }
    /** @description RFC 9457 */
    Problem: {
      /** @constant */
      type: 'about:blank'
      title: string
      status: number
      detail: string
      /** @description invalid 422, refused 409, not_found 404, stale 412, forbidden 403, unauthenticated 401, fresh 401, credentials 401, disabled 401, second_factor 401, password_first 403, csrf 403, too_many 429, too_large 413, method 405, unavailable 503, internal 500; of requests that cannot be read: malformed and others */
      code: string
      problems: components['schemas']['Fault'][]
    }
    SessionOrg: {
      code: string
      name: string
      level: components['schemas']['Level']
      /** @description An OrgKind; empty when the tree has no such office */
      kind: string
    }
    Rights: {
      records: boolean
      enter: boolean
      report: boolean
      county: boolean
      users: boolean
      settings: boolean
      audit: boolean
    }
    Me: {
      id: string
      name: string
      org: components['schemas']['SessionOrg']
      roles: string[]
      /** @description Null: all */
      ledgers: string[] | null
      reads_only: boolean
      counsel: boolean
      second_factor: boolean
      has_password: boolean
      must_change_password: boolean
    }
    Session: {
      user: components['schemas']['Me']
      csrf: string
      today: components['schemas']['Day']
      /** @description The year pages open with */
      year: number
      /** @enum {string} */
      mode: 'normal' | 'demo' | 'training'
      rights: components['schemas']['Rights']
    }
    /** @description A published figure; null until a place shows one */
    Door: null | {
      org_name: string
      year: number
      label: string
      number: string
      unit: string
      rows: {
        label: string
        number: string
        value: number
      }[]
    }
    SignIn: {
      user: string
      password: string
      /** @description Second factor, when it was asked for */
      code?: string
    }
    SignInByCode: {
      code: string
      second_factor?: string
    }
    SessionList: {
      items: {
        id: components['schemas']['Hash']
        created: components['schemas']['Moment']
        seen: components['schemas']['Moment']
        agent: string
        by_code: boolean
        current: boolean
      }[]
    }
    PasswordChange: {
      new: string
      /** @description Not needed in a session that was opened with a one-time code */
      old?: string
    }
    Password: {
      password: string
    }
    Code: {
      code: string
    }
    FactorOffer: {
      secret: string
      uri: string
      qr_svg: string
    }
    RecoveryCodes: {
      recovery_codes: string[]
    }
    SetupPerson: {
      id: string
      name: string
      org: string
      roles: string[]
      ledgers?: string[]
      password?: string
    }
    Setup: {
      setup_code: string
      /** @description In which villages and departments are looked for by name */
      place?: {
        org: string
      }
      /** @description With which the ledgers begin; the pages open with it this year */
      year?: number
      /** @description Settings left to the place, by id: they become an overlay (catalog.d/05-setup.yaml), and the server reads its catalog anew */
      county?: {
        [key: string]: string | number
      }
      people: components['schemas']['SetupPerson'][]
    }
    SetupDone: {
      items: {
        id: string
        /** @description One-time sign-in code; empty when a password was given */
        code: string
      }[]
    }
    Org: {
      code: components['schemas']['OrgCode']
      name: string
      level: components['schemas']['Level']
      kind: components['schemas']['OrgKind']
      long_name: string
    }
    OrgList: {
      items: {
        code: components['schemas']['OrgCode']
        name: string
        level: components['schemas']['Level']
        kind: components['schemas']['OrgKind']
        /** @description When a name was asked for */
        long_name?: string
      }[]
    }
    Field: {
      id: string
      /** @enum {string} */
      type:
        | 'text'
        | 'code'
        | 'count'
        | 'number'
        | 'money'
        | 'date'
        | 'moment'
        | 'flag'
        | 'org'
        | 'link'
        | 'file'
        | 'rows'
      label: string
      help: string
      required: boolean
      many: boolean
      personal: boolean
      sealed: boolean
      derived: boolean
      by_register: boolean
      unit: string
      unit_of: string
      list: string
      level: components['schemas']['Level'] | ''
      to: string[]
      columns: components['schemas']['Field'][]
      lines: number
      width: number
      /** @enum {string} */
      format: 'plain' | 'url' | 'phone' | 'id_card' | 'credit_code' | 'id_or_credit'
      fixed: string
      /** @description In the field's own form */
      default: unknown
    }
    Gate: {
      id: string
      says: string
      blocks: boolean
      source: string
      certainty: components['schemas']['Certainty']
      /** @enum {string} */
      binding: 'direct' | 'reference' | 'local'
    }
    Part: {
      id: string
      label: string
      day: string
      access: string
      at_most: number
      fields: components['schemas']['Field'][]
      gates: components['schemas']['Gate'][]
    }
    Step: {
      id: string
      label: string
      from: string[]
      to: string
      role: string
      asks: string[]
      document: string
      seal: string | boolean
      source: string
      certainty: components['schemas']['Certainty']
      gates: components['schemas']['Gate'][]
    }
    LimitRule: {
      id: string
      part: string
      says: string
      from: string
      until: string
      binds: components['schemas']['Binds']
      source: string
      certainty: components['schemas']['Certainty']
      delegated: string
    }
    /** @enum {string} */
    Binds: 'office' | 'party' | 'superior'
    Ledger: {
      id: string
      label: string
      help: string
      group: components['schemas']['Group']
      law: string
      unit: string
      access: string
      retention: string
      counts_only: boolean
      edition: components['schemas']['Day']
      day: string
      place: string
      columns: string[]
      find: string[]
      sort: string
      valid: boolean
      fields: components['schemas']['Field'][]
      parts: components['schemas']['Part'][]
      states: {
        id: string
        label: string
        ends: boolean
      }[]
      course: string[]
      transitions: components['schemas']['Step'][]
      gates: components['schemas']['Gate'][]
      deadlines: components['schemas']['LimitRule'][]
      documents: {
        id: string
        label: string
        /** @enum {string} */
        kind: 'issued' | 'received' | 'kept'
        form: string
      }[]
    }
    /** @description Group of ledgers */
    Group: string
    Indicator: {
      id: string
      label: string
      unit: string
      group: components['schemas']['Group'] | ''
      ledger: string
      definition: string
      source: string
      by: {
        id: string
        label: string
      }[]
      percent: boolean
    }
    Catalog: {
      hash: string
      groups: {
        id: components['schemas']['Group']
        label: string
      }[]
      ledgers: components['schemas']['Ledger'][]
      indicators: components['schemas']['Indicator'][]
      /** @description By id */
      lists: {
        [key: string]: {
          code: string
          label: string
          unit?: string
          under?: string
          from?: components['schemas']['Day']
          to?: components['schemas']['Day']
        }[]
      }
      /** @description Labels by id */
      roles: {
        [key: string]: string
      }
      outlines: {
        id: string
        label: string
      }[]
      /** @description By short name */
      laws: {
        [key: string]: {
          name: string
          number: string
          in_force: string
          certainty: components['schemas']['Certainty']
        }
      }
    }
    Plan: {
      ledger: string
      edition: components['schemas']['Day']
      from: components['schemas']['Day']
      steps: {
        step: string
        label: string
        role: string
        from: string
        beside: boolean
        asks: string[]
        documents: string[]
        demands: {
          says: string
          source: string
          /** @enum {string} */
          level: 'block' | 'warn'
        }[]
      }[]
      limits: {
        rule: string
        from: string
        until: string
        says: string
        day: components['schemas']['Day'] | null
        assumed: boolean
        estimated: boolean
        binds: components['schemas']['Binds']
        source: string
        certainty: components['schemas']['Certainty']
      }[]
    }
    LimitDay: {
      date: components['schemas']['Day']
      /** @enum {string} */
      kind: 'start' | 'counted' | 'off' | 'made_up' | 'due'
      n?: number
      why?: string
    }
    Deadline: {
      rule: string
      ledger: string
      says: string
      what: string
      from: components['schemas']['Day']
      due: components['schemas']['Day']
      /** @enum {string} */
      unit: 'days' | 'workdays' | 'months' | 'years' | 'hours'
      counted: number
      skipped: {
        date: components['schemas']['Day']
        why: string
      }[]
      made_up: {
        date: components['schemas']['Day']
        why: string
      }[]
      rolled: boolean
      estimated: boolean
      binds: components['schemas']['Binds']
      source: string
      certainty: components['schemas']['Certainty']
      days: components['schemas']['LimitDay'][]
      unextended?: components['schemas']['Day']
      delegated?: string
      days_left?: number
    }
    /** @description Filled fields by id, in the stored form; personal ones only for handlers who asked for them */
    Fields: {
      [key: string]: unknown
    }
    /** @description Filled fields in words, by id */
    Labels: {
      [key: string]: string
    }
    RecordPart: {
      id: components['schemas']['Id']
      part: string
      label: string
      day: string
      version: number
      withdrawn: boolean
      actor: string
      recorded_at: components['schemas']['Moment']
      at: components['schemas']['Moment']
      fields: components['schemas']['Fields']
      labels: components['schemas']['Labels']
      line_labels?: components['schemas']['LineLabels']
    }
    /** @description Lines of a field in words, by field */
    LineLabels: {
      [key: string]: components['schemas']['Labels'][]
    }
    RunningDue: {
      rule: string
      due: components['schemas']['Day']
      days_left: number
      state: components['schemas']['LimitState']
      says: string
      what: string
    }
    /** @enum {string} */
    LimitState: 'running' | 'overdue' | 'met' | 'missed' | 'lapsed' | 'waiting'
    RecordRow: {
      id: components['schemas']['Id']
      type: string
      number: string
      org: components['schemas']['OrgCode']
      org_name: string
      place: string
      place_name: string
      day: components['schemas']['Day']
      state: string
      state_label: string
      version: number
      edition: components['schemas']['Day']
      late: boolean
      withdrawn: boolean
      created_by: string
      recorded_at: components['schemas']['Moment']
      fields: components['schemas']['Fields']
      labels: components['schemas']['Labels']
      personal_sealed: boolean
      due: components['schemas']['RunningDue'] | null
      withdrawn_reason?: string
      batch?: components['schemas']['Id']
      /** @constant */
      forgotten?: true
      line_labels?: components['schemas']['LineLabels']
    }
    Record: {
      id: components['schemas']['Id']
      type: string
      number: string
      org: components['schemas']['OrgCode']
      org_name: string
      place: string
      place_name: string
      day: components['schemas']['Day']
      state: string
      state_label: string
      version: number
      edition: components['schemas']['Day']
      late: boolean
      withdrawn: boolean
      created_by: string
      recorded_at: components['schemas']['Moment']
      fields: components['schemas']['Fields']
      labels: components['schemas']['Labels']
      personal_sealed: boolean
      due: components['schemas']['RunningDue'] | null
      parts: components['schemas']['RecordPart'][]
      handler: boolean
      handlers: string[]
      withdrawn_reason?: string
      batch?: components['schemas']['Id']
      /** @constant */
      forgotten?: true
      line_labels?: components['schemas']['LineLabels']
    }
    RecordList: {
      items: components['schemas']['RecordRow'][]
      next: string | null
      total?: number
      /** @description More than is counted */
      total_is_least?: boolean
      /** @description Asked for with totals=1: the sums of its numbers over the whole list; null when it is too long to be added up */
      totals?:
        | {
            field: string
            label: string
            /** @description As the field is stored */
            value: number | string
            /** @description In words, with its unit */
            number: string
            /** @description That have it filled */
            records: number
          }[]
        | null
    }
    MatterList: {
      items: components['schemas']['RecordRow'][]
    }
    Opening: {
      fields: Record<string, never>
      org?: string
      state?: string
      reason?: string
      exempt?: components['schemas']['Exemptions']
      dry_run?: boolean
    }
    /** @description Ground by gate */
    Exemptions: {
      [key: string]: string
    }
    Action: {
      /** @description A step, PART.open, PART.correct, PART.withdraw, correct, withdraw, extend, forget */
      action: string
      fields?: Record<string, never>
      part?: components['schemas']['Id']
      version?: number
      reason?: string
      /** @description Judge it and write nothing; not of reports */
      dry_run?: boolean
      exempt?: components['schemas']['Exemptions']
    }
    Receipt: {
      record: components['schemas']['Id']
      ledger: string
      number: string
      state: string
      version: number
      repeated: boolean
      late: boolean
      warnings: {
        where: string
        message: string
        source: string
        /** @description The one that reads alike */
        record?: components['schemas']['Id']
      }[]
      part?: components['schemas']['Id']
    }
    Demand: {
      where: string
      message: string
      source: string
      supply: string
    }
    Limit: {
      rule: string
      part: string
      says: string
      what: string
      binds: components['schemas']['Binds']
      from: components['schemas']['Day']
      due: components['schemas']['Day']
      state: components['schemas']['LimitState']
      days_left: number
      estimated: boolean
      source: string
      certainty: components['schemas']['Certainty']
      due_at?: components['schemas']['Moment']
      until?: components['schemas']['Day']
      unextended?: components['schemas']['Day']
    }
    LimitLaidOut: {
      rule: string
      part: string
      says: string
      what: string
      binds: components['schemas']['Binds']
      from: components['schemas']['Day']
      due: components['schemas']['Day']
      state: components['schemas']['LimitState']
      days_left: number
      estimated: boolean
      source: string
      certainty: components['schemas']['Certainty']
      days: components['schemas']['LimitDay'][]
      due_at?: components['schemas']['Moment']
      until?: components['schemas']['Day']
      unextended?: components['schemas']['Day']
    }
    StepAhead: {
      step: string
      label: string
      role: string
      may: boolean
      possible: boolean
      missing: components['schemas']['Demand'][]
      forbidden: components['schemas']['Demand'][]
      expected: components['schemas']['Demand'][]
      exempt: components['schemas']['Demand'][]
      met: components['schemas']['Demand'][]
    }
    Outlook: {
      record: components['schemas']['Id']
      ledger: string
      number: string
      state: string
      done: {
        action: string
        at: components['schemas']['Moment']
        actor: string
      }[]
      steps: components['schemas']['StepAhead'][]
      parts: {
        part: string
        label: string
      }[]
      limits: components['schemas']['LimitLaidOut'][]
    }
    Change: {
      seq: number
      at: components['schemas']['Moment']
      actor: string
      actor_name: string
      action: string
      label: string
      part: {
        kind: string
        id: components['schemas']['Id']
      } | null
      from: string
      to: string
      from_label: string
      to_label: string
      changes: {
        field: string
        label: string
        was: string
        is: string
      }[]
      personal: boolean
      reason: string
      late: boolean
      warned: string[]
      exempt: string[]
      extended: string
    }
    ChangeList: {
      items: components['schemas']['Change'][]
    }
    Link: {
      field: string
      ledger: string
      ledger_label: string
      record: components['schemas']['Id']
      number: string
      label: string
      state: string
      withdrawn: boolean
    }
    Links: {
      links: components['schemas']['Link'][]
      backlinks: components['schemas']['Link'][]
      more: boolean
    }
    Dossier: {
      contents: {
        name: string
        date: components['schemas']['Day'] | null
        /** @enum {string} */
        status: 'present' | 'filled' | 'absent'
      }[]
      lacks: {
        where: string
        message: string
        source: string
      }[]
    }
    Handler: {
      user: string
    }
    KeptFile: {
      hash: components['schemas']['Hash']
      bytes: number
      name: string
      type: string
    }
    HitList: {
      items: {
        record: components['schemas']['Id']
        ledger: string
        org: components['schemas']['OrgCode']
        day: components['schemas']['Day']
        title: string
      }[]
    }
    LedgerList: {
      items: {
        id: string
        records: number
        open: number
        late: number
        last: components['schemas']['Day'] | null
      }[]
    }
    Reason: {
      reason: string
    }
    Undone: {
      withdrawn: number
    }
    Duty: {
      rule: string
      ledger: string
      label: string
      org: components['schemas']['OrgCode']
      place_name: string
      every: string
      last: components['schemas']['Day'] | null
      due: components['schemas']['Day'] | null
      /** @constant */
      state: 'recurs'
      source: string
      certainty: components['schemas']['Certainty']
    }
    DueList: {
      items: {
        record: components['schemas']['Id']
        ledger: string
        number: string
        title: string
        state: string
        org: components['schemas']['OrgCode']
        org_name: string
        limit: components['schemas']['Limit']
      }[]
      duties: components['schemas']['Duty'][]
      more: boolean
      overdue: number
      today: number
      week: number
    }
    Months: {
      month: number
      /** @description Null: nothing known; 0: a confirmed zero */
      records: number | null
      zero: boolean
      ahead: boolean
    }[]
    Gap: {
      ledger: string
      label: string
      month: number
      /** @enum {string} */
      why: 'silent' | 'unconfirmed' | 'rhythm'
      wanted?: number
      found?: number
      rule?: string
      source?: string
      certainty?: components['schemas']['Certainty']
      delegated?: string
    }
    Completeness: {
      org: components['schemas']['OrgCode']
      year: number
      groups: {
        group: components['schemas']['Group']
        label: string
        months: components['schemas']['Months']
        total: number
        unit: string
        last: components['schemas']['Day'] | null
        gaps: components['schemas']['Gap'][]
      }[]
      ledgers: {
        ledger: string
        months: components['schemas']['Months']
        total: number
        open: number
        late: number
        last: components['schemas']['Day'] | null
      }[]
    }
    ClockHand: {
      rule: string
      due: components['schemas']['Day']
      before: components['schemas']['Day']
      days_left: number
      says: string
      what: string
      source: string
      certainty: components['schemas']['Certainty']
      delegated: string
    }
    Clock: {
      year: number
      submit: components['schemas']['ClockHand'] | null
      publish: components['schemas']['ClockHand'] | null
      report: {
        id: components['schemas']['Id']
        state: string
        state_label: string
        version: number
      } | null
    }
    /** @enum {string} */
    FigureStatus: 'counted' | 'confirmed_zero' | 'no_record' | 'partial' | 'undefined'
    Sum: {
      id: string
      label: string
      label_en: string
      status: components['schemas']['FigureStatus']
      /** @description Percent as 98.6, money in fen; null unless it exists */
      value: number | null
      unit: string
      group: {
        dimension: string
        code: string
        label: string
        value: number
        unit: string
      }[]
      numerator: number | null
      denominator: number | null
      /** @description Offices that recorded or confirmed something */
      covered: number
      offices: number
      org: components['schemas']['OrgCode']
      period: {
        from: components['schemas']['Day']
        /** @description The day behind it */
        to: components['schemas']['Day']
      }
      definition: string
      source: string
      /** @description As printed */
      number: string
      numerator_id?: string
      denominator_id?: string
    }
    Figure: {
      id: string
      label: string
      label_en: string
      status: components['schemas']['FigureStatus']
      /** @description Percent as 98.6, money in fen; null unless it exists */
      value: number | null
      unit: string
      group: {
        dimension: string
        code: string
        label: string
        value: number
        unit: string
      }[]
      numerator: number | null
      denominator: number | null
      /** @description Offices that recorded or confirmed something */
      covered: number
      offices: number
      org: components['schemas']['OrgCode']
      period: {
        from: components['schemas']['Day']
        /** @description The day behind it */
        to: components['schemas']['Day']
      }
      definition: string
      source: string
      topic: components['schemas']['Group']
      ledger: string
      /** @description As printed */
      number: string | null
      last_year: {
        value: number | null
        number: string
        status: components['schemas']['FigureStatus']
      } | null
      marks: ('outlier' | 'late')[]
      numerator_id?: string
      denominator_id?: string
    }
    FigureList: {
      items: components['schemas']['Figure'][]
    }
    FigureView: {
      id: string
      label: string
      label_en: string
      status: components['schemas']['FigureStatus']
      /** @description Percent as 98.6, money in fen; null unless it exists */
      value: number | null
      unit: string
      group: {
        dimension: string
        code: string
        label: string
        value: number
        unit: string
      }[]
      numerator: number | null
      denominator: number | null
      /** @description Offices that recorded or confirmed something */
      covered: number
      offices: number
      org: components['schemas']['OrgCode']
      period: {
        from: components['schemas']['Day']
        /** @description The day behind it */
        to: components['schemas']['Day']
      }
      definition: string
      source: string
      topic: components['schemas']['Group']
      ledger: string
      /** @description As printed */
      number: string | null
      last_year: {
        value: number | null
        number: string
        status: components['schemas']['FigureStatus']
      } | null
      marks: ('outlier' | 'late')[]
      months: {
        month: number
        value: number | null
        status: components['schemas']['FigureStatus']
        last_year: number | null
      }[]
      /** @description Villages of a town, towns of a county; null when it cannot be told */
      places:
        | {
            org: components['schemas']['OrgCode']
            name: string
            value: number | null
            number: string | null
            status: components['schemas']['FigureStatus']
          }[]
        | null
      formula: {
        /** @enum {string} */
        way: 'count' | 'sum' | 'distinct' | 'least' | 'total' | 'ratio'
        ledger: string
        over_villages: boolean
        of: {
          id: string
          label: string
        }[]
      }
      records: number
      late: number
      numerator_id?: string
      denominator_id?: string
    }
    FigureRecords: {
      items: {
        id: components['schemas']['Id']
        ledger: string
        number: string
        day: components['schemas']['Day']
        org: components['schemas']['OrgCode']
        org_name: string
        title: string
        indicator: string
        /** @enum {string} */
        role: 'count' | 'numerator' | 'denominator'
        value: number
        late: boolean
        state_label: string
        labels: components['schemas']['Labels']
      }[]
      total: number
      next: string | null
    }
    ReportItem: {
      record: components['schemas']['Id']
      org: components['schemas']['OrgCode']
      org_name: string
      year: number
      state: string
      state_label: string
      version: number
      saved: components['schemas']['Moment'] | null
      title: string
    }
    ReportList: {
      items: components['schemas']['ReportItem'][]
    }
    RunFigure: {
      /** @description Empty of a bare number */
      indicator: string
      label: string
      unit: string
      seen: string
      now: string
      /** @enum {string} */
      status: 'fresh' | 'stale' | 'zero' | 'bare' | 'sealed'
      records: number
      period: string
      /** @enum {string} */
      kind?: 'value' | 'group' | 'change' | 'zero' | 'word' | 'names'
      dimension?: string
      group?: string
      now_unit?: string
    }
    Run: {
      text: string
      start: number
      end: number
      kept?: {
        reason: string
        by: string
      }
      figure?: components['schemas']['RunFigure']
    }
    Sentence: {
      id: string
      text: string
      edited: boolean
      authors: string[]
      runs: components['schemas']['Run'][]
      edited_by?: string
      records?: {
        record: components['schemas']['Id']
        ledger: string
        number: string
      }[]
    }
    Block: {
      id: string
      /** @enum {string} */
      kind: 'title' | 'addressee' | 'heading' | 'paragraph' | 'point' | 'signature' | 'date' | 'missing'
      level: number
      number: string
      required: boolean
      sentences: components['schemas']['Sentence'][]
    }
    TextList: {
      text: string
    }[]
    Report: {
      record: components['schemas']['Id']
      org: components['schemas']['OrgCode']
      org_name: string
      year: number
      outline: string
      period: string
      state: string
      state_label: string
      record_version: number
      sealed: boolean
      writable: boolean
      version: number
      versions: {
        version: number
        at: components['schemas']['Moment']
        actor: string
        /** @enum {string} */
        note: 'draft' | 'redraft' | 'edit' | 'insert' | 'delete' | 'accept' | 'keep' | 'bind' | 'sign'
        block?: string
      }[]
      number: string
      signer: string
      date: components['schemas']['Day'] | null
      addressee: string
      issuer: string
      title: string
      blocks: components['schemas']['Block'][]
      missing: {
        /** @enum {string} */
        kind: 'chapter' | 'topic' | 'zero' | 'figure' | 'partial' | 'reason' | 'words'
        required: boolean
        where: string
        label: string
        message: string
        source?: string
      }[]
      unsaid: {
        indicator: string
        label: string
        value: string
        block: string
      }[]
      findings: {
        id: string
        rule: string
        severity: components['schemas']['Severity']
        block: string
        start: number
        end: number
        excerpt: string
        message: string
        suggestion: string
        figure?: string
      }[]
      stale: number
      bare: number
      bound: number
      remarks: {
        /** @description For its answer */
        id: string
        block: string
        text: string
        by: string
        at: components['schemas']['Moment']
        open: boolean
        run?: number
        words?: string
        answer?: string
        answered_on?: components['schemas']['Day']
      }[]
      offers: {
        block: string
        sentences: components['schemas']['TextList']
      }[]
    }
    BeginReport: {
      year: number
      org?: string
      outline?: string
    }
    WrittenRun: {
      text?: string
      figure?: {
        indicator: string
        dimension?: string
        group?: string
      }
    }
    BlockChange: {
      runs: components['schemas']['WrittenRun'][]
      /** @description The one that was seen; 0: the newest */
      version?: number
    }
    BlockInsertion: {
      after: string
      runs: components['schemas']['WrittenRun'][]
      /** @description The one that was seen; 0: the newest */
      version?: number
    }
    VersionSeen: {
      /** @description The one that was seen; 0: the newest */
      version?: number
    }
    BlockSeen: {
      block: string
      /** @description The one that was seen; 0: the newest */
      version?: number
    }
    Acceptance: {
      /** @description The one that was seen; 0: the newest */
      version?: number
      all?: boolean
      block?: string
      run?: number
    }
    Keeping: {
      block: string
      run: number
      reason: string
      /** @description The one that was seen; 0: the newest */
      version?: number
    }
    Binding: {
      block: string
      start: number
      end: number
      indicator: string
      /** @description The one that was seen; 0: the newest */
      version?: number
      dimension?: string
      group?: string
    }
    Candidate: {
      indicator: string
      label: string
      value: string
      number: string
      unit: string
      same_unit: boolean
      same_topic: boolean
      dimension?: string
      group?: string
    }
    CandidateList: {
      items: components['schemas']['Candidate'][]
    }
    Comparison: {
      items: {
        block: string
        was: components['schemas']['TextList']
        is: components['schemas']['TextList']
      }[]
    }
    Remark: {
      block: string
      text: string
      run?: number
    }
    RemarkAnswer: {
      text: string
    }
    ManifestCheck: {
      sound: boolean
      /** @description Hash; empty when nothing was handed in */
      manifest: string
      faults: components['schemas']['Demand'][]
    }
    Counts: {
      error: number
      warning: number
      note: number
    }
    Finding: {
      rule: string
      /** @description The rule's name */
      label: string
      severity: components['schemas']['Severity']
      start: number
      end: number
      line: number
      excerpt: string
      message: string
      suggestion: string
      /** @constant */
      suspected?: true
      elsewhere?: {
        file: string | null
        place: string | null
        start: number
        end: number
        excerpt: string
      }
    }
    ReadFigure: {
      value: number
      unit: string
      approx: boolean
      approx_marker: string
      object: string
      verb: string
      /** @enum {string} */
      kind: 'amount' | 'rate' | 'zero' | 'coverage' | 'each' | 'frequency' | 'change' | 'planned'
      indicator: string | null
      start: number
      end: number
      text: string
      line: number
      section: number | null
      upper?: number
      year?: number
      label?: string
    }
    CheckedReport: {
      id: components['schemas']['Id']
      /** @description Empty when asked for by itself */
      batch: string
      file: string
      findings: components['schemas']['Finding'][]
      counts: components['schemas']['Counts']
      title: string
      place: string | null
      issuer: string | null
      year: number | null
      /** @enum {string} */
      format: 'docx' | 'pdf' | 'text' | 'html' | 'markdown' | 'office'
      sections: {
        level: number
        number: string
        title: string
        start: number
        end: number
      }[]
      figures: components['schemas']['ReadFigure'][]
      text: {
        line: number
        /** @enum {string} */
        kind:
          | 'issuer'
          | 'number'
          | 'title'
          | 'addressee'
          | 'heading'
          | 'body'
          | 'closing'
          | 'signature'
          | 'date'
          | 'note'
        start: number
        end: number
        text: string
      }[]
    }
    BatchList: {
      items: {
        id: components['schemas']['Id']
        file: string
        place: string
        counts: components['schemas']['Counts']
      }[]
    }
    /** @enum {string} */
    Stage: 'collecting' | 'drafted' | 'submitted' | 'returned' | 'accepted' | 'published'
    Town: {
      org: components['schemas']['OrgCode']
      name: string
      stage: components['schemas']['Stage']
      state: string | null
      state_label: string | null
      since: components['schemas']['Day'] | null
      days: number | null
      record: components['schemas']['Id'] | null
      late: boolean
      last: components['schemas']['Day'] | null
      months: components['schemas']['Months']
      gaps: number
      figures: number | null
      errors: number | null
      stale: number | null
      chased: components['schemas']['Day'] | null
    }
    StageCounts: {
      collecting: number
      drafted: number
      submitted: number
      returned: number
      accepted: number
      published: number
    }
    NodeBeneath: {
      org: components['schemas']['OrgCode']
      name: string
      towns: number
      reports: components['schemas']['StageCounts']
    }
    County: {
      org: components['schemas']['OrgCode']
      name: string
      year: number
      stages: components['schemas']['Stage'][]
      clock: components['schemas']['Clock']
      towns: components['schemas']['Town'][]
      nodes: components['schemas']['NodeBeneath'][]
      sums: components['schemas']['Sum'][]
      counts: components['schemas']['StageCounts']
    }
    Chase: {
      org: string
      year: number
    }
    Imported: {
      ledger: string
      batch: components['schemas']['Id'] | ''
      rows: number
      taken: number
      repeated: number
      rejected: number
      problems: components['schemas']['Demand'][]
      notes: string[]
      /** @constant */
      refused?: true
    }
    Verified: {
      sound: boolean
      chains: number
      events: number
      records: number
      tally_rows: number
      attachments: number
      faults: {
        where: string
        message: string
      }[]
    }
    Backup: {
      name: string
      at: components['schemas']['Moment']
      bytes: number
      /** @description Made by the plan */
      daily: boolean
      verified: components['schemas']['Moment'] | null
    }
    /** @description `result` once done, `error` once failed */
    Job:
      | {
          id: components['schemas']['Id']
          /** @enum {string} */
          kind: 'preview' | 'import'
          /** @enum {string} */
          state: 'waiting' | 'running' | 'done' | 'failed'
          fraction: number
          note: string
          result?: components['schemas']['Imported']
          error?: components['schemas']['Problem']
        }
      | {
          id: components['schemas']['Id']
          /** @enum {string} */
          kind: 'check'
          /** @enum {string} */
          state: 'waiting' | 'running' | 'done' | 'failed'
          fraction: number
          note: string
          result?: components['schemas']['CheckedReport']
          error?: components['schemas']['Problem']
        }
      | {
          id: components['schemas']['Id']
          /** @enum {string} */
          kind: 'verify'
          /** @enum {string} */
          state: 'waiting' | 'running' | 'done' | 'failed'
          fraction: number
          note: string
          result?: components['schemas']['Verified']
          error?: components['schemas']['Problem']
        }
      | {
          id: components['schemas']['Id']
          /** @enum {string} */
          kind: 'backup'
          /** @enum {string} */
          state: 'waiting' | 'running' | 'done' | 'failed'
          fraction: number
          note: string
          result?: components['schemas']['Backup']
          error?: components['schemas']['Problem']
        }
    User: {
      id: string
      name: string
      org: components['schemas']['OrgCode']
      org_name: string
      roles: string[]
      ledgers: string[] | null
      reads_only: boolean
      disabled: boolean
      must_change_password: boolean
      second_factor: boolean
      has_password: boolean
      locked: boolean
      last_seen: components['schemas']['Moment'] | null
      /** @description One-time sign-in code, told this once */
      code?: string
    }
    UserList: {
      items: {
        id: string
        name: string
        org: components['schemas']['OrgCode']
        org_name: string
        roles: string[]
        ledgers: string[] | null
        reads_only: boolean
        disabled: boolean
        must_change_password: boolean
        second_factor: boolean
        has_password: boolean
        locked: boolean
        last_seen: components['schemas']['Moment'] | null
      }[]
      next: string | null
    }
    NewUser: {
      id: string
      name: string
      roles: string[]
      org?: string
      ledgers?: string[]
      reads_only?: boolean
      password?: string
    }
    UserChange: {
      name?: string
      org?: string
      roles?: string[]
      ledgers?: string[]
      reads_only?: boolean
      disabled?: boolean
    }
    ColleagueList: {
      items: {
        id: string
        name: string
        roles: string[]
      }[]
    }
    SettingList: {
      items: {
        id: string
        label: string
        help: string
        /** @enum {string} */
        type: 'share' | 'money' | 'count' | 'days' | 'text'
        unit: string
        /** @description In force today */
        value: string
        statute: string
        later: {
          from: components['schemas']['Day']
          value: string
          source: string
        }[]
        delegated: string
        source: string
        certainty: components['schemas']['Certainty']
      }[]
    }
    Calendar: {
      year: number
      off: {
        date: components['schemas']['Day']
        why: string
      }[]
      work: {
        date: components['schemas']['Day']
        why: string
      }[]
      source: string
    }
    HistoryList: {
      chains: string[]
      items: {
        /** @description Which account an event is about, or to which a matter was sent */
        account: string | null
        account_name: string | null
        chain: string
        seq: number
        at: components['schemas']['Moment']
        actor: string
        actor_name: string
        ledger: string
        record: components['schemas']['Id'] | null
        action: string
      }[]
      next: number | null
      chain?: string
    }
    BackupPlan: {
      on: boolean
      /** @description Time of the day: 02:30 */
      at: string
      /** @description A directory of the server that is there; empty: backups/ in the data directory */
      folder?: string
      /** @description How many of those made by the plan are kept, 1 to 1000 */
      keep?: number
    }
    BackupList: {
      items: components['schemas']['Backup'][]
      plan: components['schemas']['BackupPlan']
      /** @description What the system administrator should see to */
      warnings: string[]
    }
    SecurityList: {
      items: {
        id: string
        ok: boolean
        message: string
        why: string
        users: string[]
      }[]
    }
    /** @enum {string} */
    SubmissionState: 'submitted' | 'returned' | 'accepted'
    SubmissionItem: {
      name: string
      hash: components['schemas']['Hash']
      bytes: number
    }
    /** @description A package as it was taken in */
    Submission: {
      /** @description The package's id: the digest of what was signed */
      package: components['schemas']['Hash']
      org: components['schemas']['OrgCode']
      name: string
      year: number
      revision: number
      /** @description Id of the revision before */
      previous: string | null
      /** @description Asked for and not in it */
      lacks: string[]
      items: components['schemas']['SubmissionItem'][]
      record: components['schemas']['Id']
      state: components['schemas']['SubmissionState']
      /** @description It was here already */
      repeated: boolean
      fingerprint: components['schemas']['Hash']
      notes: string[]
    }
    SubmissionQuestion: {
      package: string
      /** @description Hexadecimal, over the question of docs/submitting.md */
      signature: string
    }
    SubmissionStanding: {
      package: components['schemas']['Hash']
      state: components['schemas']['SubmissionState']
      /** @description Of a return */
      reason: string
      revision: number
      /** @description Newest revision the county has */
      latest: number
    }
    KeptSubmission: {
      record: components['schemas']['Id']
      package: components['schemas']['Hash']
      year: number
      revision: number
      state: components['schemas']['SubmissionState']
      sent_on: components['schemas']['Day']
      lacks: string
    }
    SubmissionTown: {
      org: components['schemas']['OrgCode']
      name: string
      /** @enum {string} */
      state: 'missing' | 'submitted' | 'returned' | 'accepted'
      latest: components['schemas']['KeptSubmission'] | null
      /** @description Revision that is added up */
      accepted: number | null
      /** @description Of the key registered for the town */
      fingerprint: string | null
    }
    SubmissionList: {
      org: components['schemas']['OrgCode']
      year: number
      towns: components['schemas']['SubmissionTown'][]
      accepted: number
      missing: components['schemas']['OrgCode'][]
    }
    FigureChange: {
      id: string
      label: string
      unit: string
      /** @enum {string} */
      change: 'same' | 'up' | 'down' | 'new' | 'gone' | 'none'
      status: components['schemas']['FigureStatus']
      status_before: components['schemas']['FigureStatus'] | null
      now: number | null
      before: number | null
      /** @description Of a rate in percentage points */
      difference: number | null
      /** @description Of the value before, one decimal; null of 0 and of rates */
      percent: number | null
      /** @description The two years did not count the same */
      redefined: boolean
    }
    SubmissionComparison: {
      org: components['schemas']['OrgCode']
      name: string
      year: number
      year_before: number
      submission: components['schemas']['KeptSubmission']
      /** @enum {string} */
      with: 'package' | 'records' | 'nothing'
      before: components['schemas']['KeptSubmission'] | null
      figures: components['schemas']['FigureChange'][]
    }
    /** @description As docs/schema/figure.json */
    SumFigure: {
      id: string
      label: string
      label_en: string
      status: components['schemas']['FigureStatus']
      /** @description Percent as 98.6, money in fen; null unless it exists */
      value: number | null
      unit: string
      group: {
        dimension: string
        code: string
        label: string
        value: number
        unit: string
      }[]
      numerator: number | null
      denominator: number | null
      /** @description Offices that recorded or confirmed something */
      covered: number
      offices: number
      org: components['schemas']['OrgCode']
      period: {
        from: components['schemas']['Day']
        /** @description The day behind it */
        to: components['schemas']['Day']
      }
      definition: string
      source: string
      numerator_id?: string
      denominator_id?: string
    }
    SubmissionSums: {
      org: components['schemas']['OrgCode']
      name: string
      year: number
      towns: number
      /** @description Towns with an accepted package */
      added: number
      missing: {
        org: components['schemas']['OrgCode']
        name: string
        /** @enum {string} */
        state: 'missing' | 'submitted' | 'returned' | 'accepted'
      }[]
      figures: components['schemas']['SumFigure'][]
      left_out: {
        id: string
        /** @enum {string} */
        why: 'distinct' | 'redefined' | 'too large'
      }[]
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export type operations = Record<string, never>
