import { type ParseError, printParseErrorCode } from 'jsonc-parser';

/** What is wrong with a JSON text at the place of the error, as a person would say it. */
export function jsonErrorText({ error }: ParseError): string {
  switch (printParseErrorCode(error)) {
    case 'ColonExpected':
      return 'expected ":" after the name';
    case 'CommaExpected':
      return 'expected ","';
    case 'CloseBraceExpected':
      return 'expected "}"';
    case 'CloseBracketExpected':
      return 'expected "]"';
    case 'PropertyNameExpected':
      return 'expected a name in double quotes';
    case 'ValueExpected':
      return 'expected a value';
    case 'EndOfFileExpected':
      return 'expected nothing more after the value';
    case 'InvalidCommentToken':
      return 'comments are not allowed here';
    case 'UnexpectedEndOfComment':
      return 'the comment does not end';
    case 'UnexpectedEndOfString':
      return 'the text does not end with a double quote on its line';
    case 'InvalidNumberFormat':
    case 'UnexpectedEndOfNumber':
      return 'this is no number';
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
      return 'unknown escape after "\\"';
    case 'InvalidCharacter':
      return 'a control character inside a text has to be escaped';
    default:
      return 'unexpected word or sign';
  }
}
