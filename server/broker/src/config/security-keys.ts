/** The keys of TLS and SASL, part of broker-keys.ts; the notation is the one of config-key.ts. */
export const SECURITY_KEYS = `
sasl.client.callback.handler.class class medium
sasl.enabled.mechanisms list per-broker medium = GSSAPI
sasl.jaas.config password per-broker medium
sasl.kerberos.kinit.cmd string per-broker medium = /usr/bin/kinit
sasl.kerberos.min.time.before.relogin long per-broker medium = 60000
sasl.kerberos.principal.to.local.rules list per-broker medium = DEFAULT
sasl.kerberos.service.name string per-broker medium
sasl.kerberos.ticket.renew.jitter double per-broker medium = 0.05
sasl.kerberos.ticket.renew.window.factor double per-broker medium = 0.8
sasl.login.callback.handler.class class medium
sasl.login.class class medium
sasl.login.connect.timeout.ms int low
sasl.login.read.timeout.ms int low
sasl.login.refresh.buffer.seconds short per-broker medium = 300
sasl.login.refresh.min.period.seconds short per-broker medium = 60
sasl.login.refresh.window.factor double per-broker medium = 0.8
sasl.login.refresh.window.jitter double per-broker medium = 0.05
sasl.login.retry.backoff.max.ms long low = 10000
sasl.login.retry.backoff.ms long low = 100
sasl.mechanism.controller.protocol string high = GSSAPI
sasl.mechanism.inter.broker.protocol string per-broker medium = GSSAPI
sasl.oauthbearer.allow.unverified.audience boolean medium = false
sasl.oauthbearer.allow.unverified.issuer boolean medium = false
sasl.oauthbearer.assertion.algorithm string any-case {ES256|RS256} medium = RS256
sasl.oauthbearer.assertion.claim.aud string medium
sasl.oauthbearer.assertion.claim.exp.seconds int 0..86400 low = 300
sasl.oauthbearer.assertion.claim.iss string medium
sasl.oauthbearer.assertion.claim.jti.include boolean medium = false
sasl.oauthbearer.assertion.claim.nbf.seconds int 0..3600 low = 60
sasl.oauthbearer.assertion.claim.sub string medium
sasl.oauthbearer.assertion.file string medium
sasl.oauthbearer.assertion.private.key.file string medium
sasl.oauthbearer.assertion.private.key.passphrase password medium
sasl.oauthbearer.assertion.template.file string medium
sasl.oauthbearer.client.credentials.client.id string medium
sasl.oauthbearer.client.credentials.client.secret password medium
sasl.oauthbearer.clock.skew.seconds int low = 30
sasl.oauthbearer.expected.audience list high = 
sasl.oauthbearer.expected.issuer string high
sasl.oauthbearer.jwks.endpoint.refresh.ms long low = 3600000
sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms long low = 10000
sasl.oauthbearer.jwks.endpoint.retry.backoff.ms long low = 100
sasl.oauthbearer.jwks.endpoint.url string medium
sasl.oauthbearer.jwt.retriever.class class medium = org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever
sasl.oauthbearer.jwt.validator.class class medium = org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator
sasl.oauthbearer.scope string medium
sasl.oauthbearer.scope.claim.name string low = scope
sasl.oauthbearer.sub.claim.name string low = sub
sasl.oauthbearer.token.endpoint.url string medium
sasl.server.callback.handler.class class medium
sasl.server.max.receive.size int medium = 524288
ssl.allow.dn.changes boolean low = false
ssl.allow.san.changes boolean low = false
ssl.cipher.suites list per-broker medium = 
ssl.client.auth string {required|requested|none} per-broker medium = none
ssl.enabled.protocols list per-broker medium = TLSv1.2,TLSv1.3
ssl.endpoint.identification.algorithm string per-broker low = https
ssl.engine.factory.class class per-broker low
ssl.key.password password per-broker medium
ssl.keymanager.algorithm string per-broker medium = SunX509
ssl.keystore.certificate.chain password per-broker medium
ssl.keystore.key password per-broker medium
ssl.keystore.location string per-broker medium
ssl.keystore.password password per-broker medium
ssl.keystore.type string per-broker medium = JKS
ssl.principal.mapping.rules string low = DEFAULT
ssl.protocol string per-broker medium = TLSv1.3
ssl.provider string per-broker medium
ssl.secure.random.implementation string per-broker low
ssl.trustmanager.algorithm string per-broker medium = PKIX
ssl.truststore.certificates password per-broker medium
ssl.truststore.location string per-broker medium
ssl.truststore.password password per-broker medium
ssl.truststore.type string per-broker medium = JKS
`
