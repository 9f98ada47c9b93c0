/** A step that failed in a way a person can mend: `message` says what happened, `advice` what to do about it. */
export class StepError extends Error {
  constructor(message, advice, details = '') {
    super(message);
    this.name = 'StepError';
    this.advice = advice;
    this.details = details;
  }
}
