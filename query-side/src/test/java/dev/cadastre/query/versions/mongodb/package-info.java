/** Tests of the stores in MongoDB. */
@NullMarked
package dev.cadastre.query.versions.mongodb;

import org.jspecify.annotations.NullMarked;
