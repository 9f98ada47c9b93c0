import type { Program } from '../../src/core/semantics/program.ts';
import { codeText } from './codeText.ts';
import { hidesAccelerators } from './devices.ts';

/** True when the file sends work to an NVIDIA GPU where there is one. */
export function usesCuda(program: Program): boolean {
  if (hidesAccelerators(program)) return false;
  return /\.cuda\(|["']cuda(:\d)?["']|is_available\(\)|accelerator\.device|get_device/.test(codeText(program));
}
