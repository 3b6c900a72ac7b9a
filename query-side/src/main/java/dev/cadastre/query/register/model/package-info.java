/** The register and the CMDB as of any instant: lists, single entities, single versions. */
@NullMarked
package dev.cadastre.query.register.model;

import org.jspecify.annotations.NullMarked;
