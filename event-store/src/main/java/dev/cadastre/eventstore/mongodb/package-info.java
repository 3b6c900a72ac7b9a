/** The log in a database of MongoDB, which several processes may write at once. */
@NullMarked
package dev.cadastre.eventstore.mongodb;

import org.jspecify.annotations.NullMarked;
