// Walks the flows of the authorization server as openid-client and oauth4webapi understand the standards: these
// libraries refuse whatever does not conform. Reads one JSON object from the first argument and prints one JSON list.

import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'

const { issuer, browser, applications, secret, callback } = JSON.parse(process.argv[2])
const resource = `${issuer}/graphql`
const question = JSON.stringify({ query: '{ __typename }' })
const insecure = { [oauth.allowInsecureRequests]: true }

async function configured(kind, algorithm = 'oidc') {
  const authentication = secret && ['WEB', 'SERVICE'].includes(kind) ? client.ClientSecretBasic(secret) : client.None()
  const options = { algorithm, execute: [client.allowInsecureRequests] }
  return client.discovery(new URL(issuer), applications[kind], undefined, authentication, options)
}

async function submit(address, form) {
  const headers = { cookie: browser.cookie, origin: issuer, 'content-type': 'application/x-www-form-urlencoded' }
  return fetch(address, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) })
}

async function authorized(config, redirectUri, changed = {}) {
  const verifier = client.randomPKCECodeVerifier()
  const nonce = client.randomNonce()
  const state = client.randomState()
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile email read offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    resource,
    nonce,
    state,
    prompt: 'consent',
    ...changed,
  })
  const asked = await fetch(address, { redirect: 'manual', headers: { cookie: browser.cookie } })
  const decision = changed.prompt === 'none' ? asked : await submit(address, { decision: 'allow', person: browser.person })
  const back = new URL(decision.headers.get('location'))
  return { back, checks: { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state } }
}

async function signedIn(kind = 'WEB', redirectUri = callback) {
  const config = await configured(kind)
  const { back, checks } = await authorized(config, redirectUri)
  const tokens = await client.authorizationCodeGrant(config, back, { ...checks, idTokenExpected: true })
  return { config, back, checks, tokens }
}

async function refused(promise, error) {
  await assert.rejects(promise, (thrown) => {
    assert.equal(thrown.error, error, thrown)
    return true
  })
}

async function status(token) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return (await fetch(resource, { method: 'POST', headers, body: question })).status
}

const walks = {
  'discovery of OpenID Connect': async () => {
    const metadata = (await configured('WEB')).serverMetadata()
    assert.equal(metadata.issuer, issuer)
    assert.equal(metadata.supportsPKCE('S256'), true)
  },

  'discovery of RFC 8414': async () => {
    const metadata = (await configured('WEB', 'oauth2')).serverMetadata()
    assert.equal(metadata.authorization_response_iss_parameter_supported, true)
  },

  'code with PKCE, nonce, state and issuer': async () => {
    const { config, tokens } = await signedIn()
    const claims = tokens.claims()
    assert.equal(claims.sub, browser.person)
    const person = await client.fetchUserInfo(config, tokens.access_token, claims.sub)
    assert.deepEqual(Object.keys(person).sort(), ['email', 'locale', 'name', 'sub', 'zoneinfo'])
    assert.equal(await status(tokens.access_token), 200)
  },

  'code of a native application on a port of its own': async () => {
    const { tokens } = await signedIn('NATIVE', 'http://127.0.0.1:51234/callback')
    assert.equal(await status(tokens.access_token), 200)
  },

  'answer of another issuer (mix-up)': async () => {
    const config = await configured('WEB')
    const { back, checks } = await authorized(config, callback)
    back.searchParams.set('iss', 'https://evil.example')
    await assert.rejects(client.authorizationCodeGrant(config, back, checks))
  },

  'wrong verifier': async () => {
    const config = await configured('WEB')
    const { back, checks } = await authorized(config, callback)
    const wrong = { ...checks, pkceCodeVerifier: client.randomPKCECodeVerifier() }
    await refused(client.authorizationCodeGrant(config, back, wrong), 'invalid_grant')
  },

  'error with state and issuer': async () => {
    const config = await configured('WEB')
    const { back, checks } = await authorized(config, callback, { prompt: 'none', max_age: '0' })
    await refused(client.authorizationCodeGrant(config, back, checks), 'login_required')
  },

  'replayed code': async () => {
    const { config, back, checks, tokens } = await signedIn()
    await refused(client.authorizationCodeGrant(config, back, checks), 'invalid_grant')
    assert.equal(await status(tokens.access_token), 401)
  },

  'rotation of refresh tokens': async () => {
    const { config, tokens } = await signedIn()
    const second = await client.refreshTokenGrant(config, tokens.refresh_token)
    const third = await client.refreshTokenGrant(config, second.refresh_token, { scope: 'read' })
    assert.equal(third.scope, 'read')
    assert.equal(await status(third.access_token), 200)
  },

  'refresh token sent twice at once gives one next token': async () => {
    const { config, tokens } = await signedIn()
    const [second, again] = await Promise.all([
      client.refreshTokenGrant(config, tokens.refresh_token),
      client.refreshTokenGrant(config, tokens.refresh_token),
    ])
    assert.equal(again.refresh_token, second.refresh_token)
    assert.equal(await status(again.access_token), 200)
  },

  'device flow': async () => {
    const config = await configured('DEVICE')
    const begun = await client.initiateDeviceAuthorization(config, { scope: 'openid read' })
    const server = config.serverMetadata()
    const me = { client_id: applications.DEVICE }
    const early = await oauth.deviceCodeGrantRequest(server, me, oauth.None(), begun.device_code, insecure)
    await refused(oauth.processDeviceCodeResponse(server, me, early), 'authorization_pending')
    assert.equal((await submit(`${issuer}/device`, { user_code: begun.user_code })).status, 200)
    await submit(`${issuer}/device`, { user_code: begun.user_code, decision: 'allow' })
    const tokens = await client.pollDeviceAuthorizationGrant(config, { ...begun, interval: 0.01 })
    assert.equal(tokens.claims().sub, browser.person)
    assert.equal(await status(tokens.access_token), 200)
  },

  'client credentials': async () => {
    const config = await configured('SERVICE')
    const tokens = await client.clientCredentialsGrant(config, { scope: 'read', resource })
    assert.equal(await status(tokens.access_token), 200)
    const stranger = client.clientCredentialsGrant(await configured('WEB'), { scope: 'read' })
    await refused(stranger, 'unauthorized_client')
  },

  'wrong secret': async () => {
    const options = { execute: [client.allowInsecureRequests] }
    const wrong = client.ClientSecretBasic('wrong')
    const config = await client.discovery(new URL(issuer), applications.SERVICE, undefined, wrong, options)
    await assert.rejects(client.clientCredentialsGrant(config, { scope: 'read' }), (thrown) => {
      assert.equal(thrown.status, 401)
      assert.equal(thrown.cause[0].scheme, 'basic')
      return true
    })
  },

  'introspection and revocation': async () => {
    const { config, tokens } = await signedIn()
    const before = await client.tokenIntrospection(config, tokens.access_token)
    assert.deepEqual([before.active, before.sub, before.aud], [true, browser.person, resource])
    await client.tokenRevocation(config, tokens.refresh_token)
    assert.deepEqual(await client.tokenIntrospection(config, tokens.access_token), { active: false })
    assert.equal(await status(tokens.access_token), 401)
  },

  'sign-out address of the metadata': async () => {
    const { config, tokens } = await signedIn()
    const address = client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, state: 'a' })
    const answer = await fetch(address, { redirect: 'manual' })
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/sign-out'])
  },

  'discovery of the resource (RFC 9728) from the challenge on 401': async () => {
    const headers = new Headers({ 'content-type': 'application/json' })
    const challenged = await oauth
      .protectedResourceRequest('not-a-token', 'POST', new URL(resource), headers, question, insecure)
      .catch((thrown) => thrown)
    assert(challenged instanceof oauth.WWWAuthenticateChallengeError)
    const [challenge] = challenged.cause
    assert.deepEqual([challenge.scheme, challenge.parameters.error], ['bearer', 'invalid_token'])
    const answer = await oauth.resourceDiscoveryRequest(new URL(resource), insecure)
    assert.equal(answer.url, challenge.parameters.resource_metadata)
    const found = await oauth.processResourceDiscoveryResponse(new URL(resource), answer)
    assert.deepEqual(found.authorization_servers, [issuer])
  },

  'access token as RFC 9068 says': async () => {
    const { config, tokens } = await signedIn()
    const request = new Request(resource, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    const claims = await oauth.validateJwtAccessToken(config.serverMetadata(), request, resource, insecure)
    assert.deepEqual([claims.sub, claims.client_id], [browser.person, applications.WEB])
    const foreign = new Request(resource, { headers: { authorization: `Bearer ${tokens.id_token}` } })
    await assert.rejects(oauth.validateJwtAccessToken(config.serverMetadata(), foreign, resource, insecure))
  },
}

const results = []
for (const [name, walk] of Object.entries(walks)) {
  try {
    await walk()
    results.push({ name, status: 'ok' })
  } catch (error) {
    results.push({ name, status: 'failed', reason: String(error?.stack ?? error), cause: String(error?.cause?.stack ?? '') })
  }
}
console.log(JSON.stringify(results))
