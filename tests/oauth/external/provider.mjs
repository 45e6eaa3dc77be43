// An external provider on a loopback port: two clients, one API, and a person for every name that is typed. It ends when
// its standard input does.
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'

const { PORT, AUDIENCE, REDIRECT_URI, CALLBACK, CLIENT_SECRET, GROUPS_OF } = process.env
const groups = JSON.parse(GROUPS_OF)

async function newKey(alg) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: `${alg}-1`, alg, use: 'sig' }
}

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  clients: [
    {
      client_id: 'intersession',
      client_secret: CLIENT_SECRET,
      redirect_uris: [REDIRECT_URI],
      token_endpoint_auth_method: 'client_secret_basic',
    },
    {
      client_id: 'editor',
      redirect_uris: [CALLBACK],
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      id_token_signed_response_alg: 'ES256',
    },
  ],
  jwks: { keys: [await newKey('RS256'), await newKey('ES256')] },
  cookies: { keys: ['only for tests'] },
  scopes: ['openid', 'profile', 'email', 'read', 'write'],
  claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email', 'email_verified'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `${id} of the provider`, email: `${id}@example.net`, email_verified: true, groups: groups[id] }),
  }),
  extraTokenClaims: (_, token) => ({ groups: groups[token.accountId] }),
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource) => {
        if (resource !== AUDIENCE) throw new Error('unknown resource')
        return { scope: 'read write', audience: AUDIENCE, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }
      },
    },
  },
})

provider.listen(Number(PORT), '127.0.0.1', () => console.log('listening'))
process.stdin.on('end', () => process.exit(0)).resume()
