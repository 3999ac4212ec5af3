// A real provider of OpenID Connect for the test of single sign-on: node provider.mjs CALLBACK. Prints its
// issuer; anybody signs in there under any name.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [callback] = process.argv.slice(2);
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'gongkai',
      client_secret: 'a-secret-of-the-test-only',
      redirect_uris: [callback],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    }],
    pkce: { required: () => true },
    cookies: { keys: ['for the test'] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
