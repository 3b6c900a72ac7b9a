/** Where deliveries stand in a collection of a MongoDB database. */
@NullMarked
package dev.cadastre.query.webhooks.mongodb;

import org.jspecify.annotations.NullMarked;
