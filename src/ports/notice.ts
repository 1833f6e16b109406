export type { Notice } from '../domain/escalation/notice.ts';
