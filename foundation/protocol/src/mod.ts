export { ApiError } from './api-error.ts'
export { ApiKey } from './generated/api-key.ts'
export type { ApiVersionRange } from './generated/api-version-rows.ts'
export {
  API_VERSIONS,
  apiName,
  isVersionSupported,
  requestHeaderVersion,
  responseHeaderVersion,
} from './api-versions.ts'
export { ErrorCode, errorCodeOf, errorName, isRetriable, type ErrorName } from './error-code.ts'
export {
  readRequestHeader,
  readResponseHeader,
  RequestHeader,
  writeRequestHeader,
  writeResponseHeader,
} from './request-header.ts'
export { UnsupportedFieldError } from './wire/unsupported-field-error.ts'
