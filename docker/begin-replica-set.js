// Makes three servers one replica set, and the users; does nothing where that was done before.
// Run in the first member's network, where a server without users lets in whoever comes from localhost.
const fs = require('fs');
const secret = name => fs.readFileSync(`/run/secrets/${name}`, 'utf8').trim();
const administrator = {user: 'administrator', pwd: secret('mongodb-administrator-password')};

try {
  rs.initiate({
    _id: 'cadastre',
    // The first one becomes primary before long, for the first user can only be made from its localhost.
    members: [1, 2, 3].map(n => ({_id: n, host: `mongodb-${n}:27017`, priority: n === 1 ? 2 : 1})),
  });
} catch (e) {
  if (!/already initialized|requires authentication|not authorized/i.test(e.message)) throw e;
}
while (!db.hello().isWritablePrimary && !db.hello().primary) sleep(500);

const set = Mongo('mongodb://mongodb-1:27017,mongodb-2:27017,mongodb-3:27017/?replicaSet=cadastre');
const admin = set.getDB('admin');
try {
  // Only the first user can be made so.
  db.getSiblingDB('admin').createUser({...administrator, roles: ['root']});
} catch (e) {
  if (!/requires authentication|not authorized|already exists|not primary/i.test(e.message)) throw e;
}
admin.auth(administrator.user, administrator.pwd);
if (!admin.getSiblingDB('cadastre').getUser('cadastre')) {
  admin.getSiblingDB('cadastre').createUser({
    user: 'cadastre',
    pwd: secret('mongodb-password'),
    roles: [{role: 'readWrite', db: 'cadastre'}],
  });
}
