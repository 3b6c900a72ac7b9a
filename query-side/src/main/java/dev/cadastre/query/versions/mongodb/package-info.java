/** The version store and the current register in collections of a MongoDB database. */
@NullMarked
package dev.cadastre.query.versions.mongodb;

import org.jspecify.annotations.NullMarked;
