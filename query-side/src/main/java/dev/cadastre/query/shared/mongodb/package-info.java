/** What the adapters on MongoDB have in common: the connection, and the claim. */
@NullMarked
package dev.cadastre.query.shared.mongodb;

import org.jspecify.annotations.NullMarked;
