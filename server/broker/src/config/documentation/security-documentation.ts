/** Our words for the keys of TLS, SASL, tokens and authorization; one line is `key: text`. */
export const SECURITY_DOCUMENTATION = `
authorizer.class.name: The plugin that decides who may do what; empty allows everything.
connection.failed.authentication.delay.ms: How long the end of a connection is put off after a failed login.
connections.max.reauth.ms: A client must log in again after this time; 0 never asks.
delegation.token.expiry.check.interval.ms: How often expired delegation tokens are removed.
delegation.token.expiry.time.ms: A delegation token must be renewed within this time.
delegation.token.max.lifetime.ms: The end of a delegation token, however often it is renewed.
delegation.token.secret.key: The secret with which delegation tokens are signed, the same on every broker.
principal.builder.class: The plugin that names the user of a connection.
sasl.client.callback.handler.class: A plugin that answers SASL's questions on the client's side.
sasl.enabled.mechanisms: The SASL mechanisms that clients may use.
sasl.jaas.config: The login of SASL in JAAS notation, given for one listener and mechanism.
sasl.kerberos.kinit.cmd: Where the kinit command is.
sasl.kerberos.min.time.before.relogin: The least time between two renewals of a Kerberos login.
sasl.kerberos.principal.to.local.rules: Rules that make short names of Kerberos principals.
sasl.kerberos.service.name: The Kerberos name under which brokers run.
sasl.kerberos.ticket.renew.jitter: A random share that is added to the time of renewal.
sasl.kerberos.ticket.renew.window.factor: A ticket is renewed when this share of its life is over.
sasl.login.callback.handler.class: A plugin that answers SASL's questions at login.
sasl.login.class: A plugin that logs in.
sasl.login.connect.timeout.ms: How long a connection to the identity provider may take to open.
sasl.login.read.timeout.ms: How long the identity provider may take to answer.
sasl.login.refresh.buffer.seconds: A credential is refreshed at least this long before it ends.
sasl.login.refresh.min.period.seconds: A credential is not refreshed more often than this.
sasl.login.refresh.window.factor: A credential is refreshed when this share of its life is over.
sasl.login.refresh.window.jitter: A random share of its life that is added to the time of refreshing.
sasl.login.retry.backoff.max.ms: The longest pause between attempts to log in.
sasl.login.retry.backoff.ms: The first pause between attempts to log in.
sasl.mechanism.controller.protocol: The SASL mechanism for connections to controllers.
sasl.mechanism.inter.broker.protocol: The SASL mechanism for connections between brokers.
sasl.oauthbearer.allow.unverified.audience: Whether a token is accepted without checking for whom it was issued.
sasl.oauthbearer.allow.unverified.issuer: Whether a token is accepted without checking who issued it.
sasl.oauthbearer.assertion.algorithm: The algorithm that signs an assertion.
sasl.oauthbearer.assertion.claim.aud: The audience that an assertion names.
sasl.oauthbearer.assertion.claim.exp.seconds: How long an assertion is valid.
sasl.oauthbearer.assertion.claim.iss: The issuer that an assertion names.
sasl.oauthbearer.assertion.claim.jti.include: Whether every assertion has an id of its own.
sasl.oauthbearer.assertion.claim.nbf.seconds: How long before now an assertion begins to be valid.
sasl.oauthbearer.assertion.claim.sub: The subject that an assertion names.
sasl.oauthbearer.assertion.file: A file with an assertion that is ready to send.
sasl.oauthbearer.assertion.private.key.file: A PEM file with the key that signs assertions.
sasl.oauthbearer.assertion.private.key.passphrase: The passphrase of that key.
sasl.oauthbearer.assertion.template.file: A file with further headers and claims of an assertion.
sasl.oauthbearer.client.credentials.client.id: The id under which the identity provider knows the client.
sasl.oauthbearer.client.credentials.client.secret: The secret that the identity provider gave the client.
sasl.oauthbearer.clock.skew.seconds: How far the clocks of broker and identity provider may differ.
sasl.oauthbearer.expected.audience: A token must have been issued for one of these.
sasl.oauthbearer.expected.issuer: A token must have been issued by this.
sasl.oauthbearer.jwks.endpoint.refresh.ms: How often the identity provider's keys are fetched anew.
sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms: The longest pause between attempts to fetch those keys.
sasl.oauthbearer.jwks.endpoint.retry.backoff.ms: The first pause between attempts to fetch those keys.
sasl.oauthbearer.jwks.endpoint.url: Where the identity provider publishes its keys.
sasl.oauthbearer.jwt.retriever.class: The plugin that obtains tokens.
sasl.oauthbearer.jwt.validator.class: The plugin that checks tokens.
sasl.oauthbearer.scope: The scope that is asked for with a token.
sasl.oauthbearer.scope.claim.name: The claim that holds a token's scope.
sasl.oauthbearer.sub.claim.name: The claim that holds a token's subject.
sasl.oauthbearer.token.endpoint.url: Where the identity provider issues tokens.
sasl.server.callback.handler.class: A plugin that answers SASL's questions on the broker's side.
sasl.server.max.receive.size: The largest request before a client has logged in.
security.inter.broker.protocol: The security protocol between brokers, when inter.broker.listener.name is not given.
security.providers: Plugins that bring further cryptographic algorithms.
ssl.allow.dn.changes: Whether a new certificate may have another distinguished name.
ssl.allow.san.changes: Whether a new certificate may have other alternative names.
ssl.cipher.suites: The cipher suites that may be used; empty for all.
ssl.client.auth: Whether clients must, may or need not show a certificate.
ssl.enabled.protocols: The versions of TLS that may be used.
ssl.endpoint.identification.algorithm: How the name in a server's certificate is compared with its host; empty does not compare.
ssl.engine.factory.class: The plugin that provides TLS.
ssl.key.password: The password of the private key.
ssl.keymanager.algorithm: The algorithm of the key manager.
ssl.keystore.certificate.chain: The certificate with those that vouch for it, in PEM.
ssl.keystore.key: The private key, in PEM.
ssl.keystore.location: The file with key and certificate.
ssl.keystore.password: The password of that file.
ssl.keystore.type: The format of that file: JKS, PKCS12 or PEM.
ssl.principal.mapping.rules: Rules that make short names of the names in clients' certificates.
ssl.protocol: The version of TLS that a context is made for.
ssl.provider: The provider of TLS in the Java machine.
ssl.secure.random.implementation: The random generator that TLS uses.
ssl.trustmanager.algorithm: The algorithm of the trust manager.
ssl.truststore.certificates: The certificates that are trusted, in PEM.
ssl.truststore.location: The file with the certificates that are trusted.
ssl.truststore.password: The password of the file with trusted certificates.
ssl.truststore.type: The format of the file with trusted certificates: JKS, PKCS12 or PEM.
`
