/** For development and tests that walk all messages; no program that runs imports this. */
export { codecOf, type MessageCodec } from './codec-of.ts'
export {
  contains,
  isPrimitive,
  type Definition,
  type FieldDefinition,
  type MessageDefinition,
} from './definition.ts'
export { loadDefinitions } from './generate.ts'
export { MessageMaker, type AnyMessage } from './random-message.ts'
export { StructPlan } from './struct-plan.ts'
