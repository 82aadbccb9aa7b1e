package io.github.pbxsdk.it.lab;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class on Asterisk 16 and on 22, the servers of {@code lab/asterisk}.
 *
 * <pre>{@code
 * @OnAsterisk
 * class QueueIT {
 *
 *     @Test
 *     void tellsWhoWaits(Asterisk asterisk) {
 *         …
 *     }
 * }
 * }</pre>
 *
 * <p>The constructor and every method may take an {@link Asterisk}. A server that does not run is
 * started with the first class that needs it, and stopped after the last one; a server that ran
 * before is left running. A test may stop or kill its server: the next test finds it started again.
 *
 * <p>Where a version is not installed, its tests are skipped, and one line says so. With {@code
 * PBX_LAB=required} in the environment both are installed, and nothing is skipped.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ClassTemplate
@ExtendWith(OncePerVersion.class)
public @interface OnAsterisk {}
