/** Code written for asterisk-java on real servers; start at {@code LegacyProgramsIT}. */
@org.jspecify.annotations.NullMarked
package io.github.pbxsdk.it.legacy;
