/** Delivery states in real databases. */
@NullMarked
package dev.cadastre.query.webhooks.mongodb;

import org.jspecify.annotations.NullMarked;
