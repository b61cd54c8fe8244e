/** Of this package; what brokers show as client.software.version. Compared with package.json by a test. */
export const CLIENT_VERSION = '0.1.0'
