package dev.keyreeve.identity.session;

import static dev.keyreeve.access.decision.Requirement.possession;
import static dev.keyreeve.procedure.Declaration.mutation;
import static dev.keyreeve.procedure.Route.post;

import dev.keyreeve.identity.member.Bootstrap;
import dev.keyreeve.identity.member.BootstrapCode;
import dev.keyreeve.identity.member.Invitations;
import dev.keyreeve.identity.passkey.PasskeySignIn;
import dev.keyreeve.identity.passkey.Passkeys;
import dev.keyreeve.identity.passkey.RequestOptions;
import dev.keyreeve.identity.person.Password;
import dev.keyreeve.identity.person.PasswordRules;
import dev.keyreeve.identity.person.SignInAddress;
import dev.keyreeve.platform.token.Token;
import dev.keyreeve.procedure.Call;
import dev.keyreeve.procedure.Headed;
import dev.keyreeve.procedure.Outcome;
import dev.keyreeve.procedure.Procedure;
import dev.keyreeve.procedure.problem.Reasons;
import dev.keyreeve.procedure.shape.SnakeCase;
import dev.keyreeve.procedure.shape.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ways in, for whoever possesses what one asks for. Each that succeeds answers with the cookie
/// of a new session.
public final class SignInProcedures {
  private final SignIn signIn;
  private final Sessions sessions;
  private final Passkeys passkeys;

  public SignInProcedures(SignIn signIn, Sessions sessions, Passkeys passkeys) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.passkeys = passkeys;
  }

  public List<Procedure<?, ?>> procedures() {
    return List.of(
        mutation("auth.signIn", possession("a password"), post("/sign-in"))
            .about("Signs in by e-mail address and password.")
            .takes(ByPassword.class)
            .gives(Headed.of(SignedIn.class))
            .refuses(
                Sessions.WRONG_CREDENTIALS,
                SignIn.TOO_MANY_ATTEMPTS,
                SignIn.PASSWORD_CLOSED,
                Reasons.OVERLOADED)
            .by(this::byPassword),
        mutation("auth.passkeyOptions", possession("a passkey"), post("/passkey/options"))
            .about("Begins a sign-in by passkey: what the browser is to be asked.")
            .takes(Nothing.class)
            .gives(Request.class)
            .by(call -> Outcome.done(new Request(passkeys.requestOptions(call.at())))),
        mutation("auth.passkey", possession("a passkey"), post("/passkey"))
            .about("Signs in by passkey, with what the browser answered.")
            .takes(PasskeySignIn.class)
            .gives(Headed.of(SignedIn.class))
            .refuses(Passkeys.NOT_PROVED, Sessions.WRONG_CREDENTIALS, SignIn.TOO_MANY_ATTEMPTS)
            .by(this::byPasskey),
        mutation(
                "auth.bootstrap", possession("the code that the start printed"), post("/bootstrap"))
            .about("Makes the first person an owner, and signs in.")
            .takes(ByBootstrapCode.class)
            .gives(Headed.of(SignedIn.class))
            .refuses(
                Bootstrap.WRONG_CODE,
                Bootstrap.EMAIL_TAKEN,
                Bootstrap.NAME_MISSING,
                PasswordRules.TOO_SHORT,
                PasswordRules.TOO_COMMON,
                PasswordRules.NAMES_ITSELF,
                Sessions.WRONG_CREDENTIALS,
                SignIn.TOO_MANY_ATTEMPTS,
                Reasons.OVERLOADED)
            .by(this::byBootstrapCode),
        mutation("auth.acceptInvitation", possession("an invitation"), post("/invitations/accept"))
            .about("Accepts an invitation as somebody new, and signs in.")
            .takes(ByInvitation.class)
            .gives(Headed.of(SignedIn.class))
            .refuses(
                Invitations.NO_SUCH_INVITATION,
                Invitations.SIGN_IN_FIRST,
                PasswordRules.TOO_SHORT,
                PasswordRules.TOO_COMMON,
                PasswordRules.NAMES_ITSELF,
                Sessions.WRONG_CREDENTIALS,
                SignIn.TOO_MANY_ATTEMPTS,
                Reasons.OVERLOADED)
            .by(this::byInvitation),
        mutation("auth.resetPassword", possession("a password reset"), post("/password-reset"))
            .about("Chooses a new password, and ends every session that was open.")
            .takes(Reset.class)
            .gives(Done.class)
            .refuses(
                SignIn.WRONG_RESET,
                PasswordRules.TOO_SHORT,
                PasswordRules.TOO_COMMON,
                PasswordRules.NAMES_ITSELF,
                SignIn.TOO_MANY_ATTEMPTS,
                Reasons.OVERLOADED)
            .by(this::resetPassword));
  }

  record Nothing() {}

  @SnakeCase
  record ByPassword(SignInAddress email, Password password) {}

  /// @param organisationName to own a new organisation, even if there is one
  @SnakeCase
  record ByBootstrapCode(
      BootstrapCode code,
      SignInAddress email,
      @Text(max = 100, plain = true) String name,
      Password password,
      @Nullable @Text(max = 100, plain = true) String organisationName) {}

  @SnakeCase
  record ByInvitation(Token token, @Text(max = 100, plain = true) String name, Password password) {}

  @SnakeCase
  record Reset(Token token, Password password) {}

  /// @param email with which to sign in
  @SnakeCase
  record Done(String email) {}

  /// @param publicKey for `navigator.credentials.get`
  @SnakeCase
  record Request(RequestOptions publicKey) {}

  private Outcome<Headed<SignedIn>> byPassword(Call<ByPassword, Headed<SignedIn>> call) {
    var input = call.input();
    return answer(
        signIn.byPassword(input.email().address(), input.password(), call.caller(), call.at()));
  }

  private Outcome<Headed<SignedIn>> byPasskey(Call<PasskeySignIn, Headed<SignedIn>> call) {
    return answer(signIn.byPasskey(call.input(), call.caller(), call.at()));
  }

  private Outcome<Headed<SignedIn>> byBootstrapCode(Call<ByBootstrapCode, Headed<SignedIn>> call) {
    var input = call.input();
    return answer(
        signIn.byBootstrapCode(
            input.code(),
            input.email().address(),
            input.name(),
            input.password(),
            input.organisationName(),
            call.caller(),
            call.at()));
  }

  private Outcome<Headed<SignedIn>> byInvitation(Call<ByInvitation, Headed<SignedIn>> call) {
    var input = call.input();
    return answer(
        signIn.byInvitation(
            input.token(), input.name(), input.password(), call.caller(), call.at()));
  }

  private Outcome<Done> resetPassword(Call<Reset, Done> call) {
    var input = call.input();
    return signIn
        .resetPassword(input.token(), input.password(), call.caller(), call.at())
        .then(email -> Outcome.done(new Done(email)));
  }

  private Outcome<Headed<SignedIn>> answer(Outcome<Sessions.Opened> outcome) {
    return outcome.then(
        opened ->
            Outcome.done(
                new Headed<>(
                    sessions.describe(opened.id()), List.of(SessionCookie.set(opened.cookie())))));
  }
}
