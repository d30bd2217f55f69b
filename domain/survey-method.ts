/** A method of 補完調査, as a small protocol. Nothing knows it but by what it says of itself. */
export interface SurveyMethod {
  readonly key: string;
  readonly label: string;
  /** In their order, never empty. */
  readonly steps: readonly SurveyStepPlan[];
}
export interface SurveyStepPlan {
  readonly key: string;
  readonly label: string;
  /** Who does it and is reminded of it: 事務局, or the organisation the survey is about. */
  readonly by: "secretariat" | "organisation";
  /** Counted from the day of the step before; the first from the day the method was chosen. */
  readonly dueBusinessDays: number;
  /** What has to be written down, said to whoever does it. */
  readonly records: string;
  /**
   * `replies`: questions go to respondents as requests of kind `survey`, and the step is done once all have replied or
   * been silent. `sources`: at least one source with its date.
   */
  readonly needs?: "replies" | "sources";
}
export interface SurveyGrade {
  readonly key: string;
  readonly label: string;
  readonly meaning: string;
}
