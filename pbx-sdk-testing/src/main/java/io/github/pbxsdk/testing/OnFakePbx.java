package io.github.pbxsdk.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test of a class a {@link FakePbx} of its own, as a parameter.
 *
 * <pre>{@code
 * @ExtendWith(OnFakePbx.class)
 * class ReceptionTest {
 *
 *     @Test
 *     void noticesWhoWasNotAnswered(FakePbx pbx) {
 *         pbx.play(CallScenario.of("call to 1002, not answered"));
 *         …
 *     }
 * }
 * }</pre>
 *
 * <p>It answers as Asterisk 22; for Asterisk 16, say {@code FakePbx.asterisk16()} yourself.
 */
// Who has JUnit on the path needs no word about it from us, and who has not does not use this.
@SuppressWarnings("exports")
public final class OnFakePbx implements ParameterResolver, AfterEachCallback {

    private static final ExtensionContext.Namespace KEPT =
            ExtensionContext.Namespace.create(OnFakePbx.class);

    /** Creates it; JUnit does so. */
    public OnFakePbx() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == FakePbx.class;
    }

    @Override
    public FakePbx resolveParameter(ParameterContext parameter, ExtensionContext test) {
        ExtensionContext.Store kept = test.getStore(KEPT);
        FakePbx known = kept.get(FakePbx.class, FakePbx.class);
        if (known != null) {
            return known;
        }
        FakePbx pbx = FakePbx.asterisk22();
        kept.put(FakePbx.class, pbx);
        return pbx;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        FakePbx pbx = test.getStore(KEPT).remove(FakePbx.class, FakePbx.class);
        if (pbx != null) {
            pbx.close();
        }
    }
}
