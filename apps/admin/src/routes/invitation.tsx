import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { Button, Notice, useLatchkey } from '@latchkey/ui';
import { AcceptForm } from '../features/invitations/AcceptForm.tsx';
import { invitationQuery } from '../features/invitations/queries.ts';
import { Frame } from '../features/session/Frame.tsx';
import { providerQuery, useProviderWord } from '../features/session/provider.ts';
import { ProviderButton } from '../features/session/ProviderButton.tsx';
import { ProviderNotice } from '../features/session/ProviderNotice.tsx';
import { describeFailure, readFailure } from '../lib/failure.ts';
import { useWords } from '../lib/words/index.ts';

const route = getRouteApi('/invitations/$invitation');

/** Where an invitation leads: says to which account, and joins it. */
export function Invitation() {
  const allWords = useWords();
  const words = allWords.invitation;
  const { format } = useLatchkey();
  const { invitation } = route.useParams();
  const preview = useQuery(invitationQuery(invitation));
  const { data: name = null } = useQuery(providerQuery);
  const word = useProviderWord(route.useSearch().provider);
  const queryClient = useQueryClient();
  const router = useRouter();

  if (preview.isError) {
    const failure = readFailure(preview.error);
    if (failure.code === 'INVITATION_GONE') {
      return (
        <Frame title={words.goneTitle} text={words.goneText}>
          {/* Whoever joined by it already comes in here. */}
          <Button asChild>
            <Link to="/sign-in">{allWords.session.signIn}</Link>
          </Button>
        </Frame>
      );
    }
    return (
      <Frame title={words.opening}>
        <Notice
          tone="danger"
          role="alert"
          action={<Button onClick={() => void preview.refetch()}>{allWords.retry}</Button>}
        >
          {describeFailure(failure, allWords)}
        </Notice>
      </Frame>
    );
  }
  if (!preview.data) return <Frame title={words.opening} />;

  const { account, email, expiresAt, registered } = preview.data;
  return (
    <Frame
      title={words.title(account)}
      text={registered ? words.registeredText(email) : words.newText(email)}
    >
      {name !== null && word && <ProviderNotice word={word} name={name} />}
      <AcceptForm
        invitation={invitation}
        email={email}
        registered={registered}
        onJoined={async (slug) => {
          queryClient.clear();
          await router.navigate({
            to: '/a/$account/keys',
            params: { account: slug },
            replace: true,
          });
        }}
      />
      {name !== null && (
        <ProviderButton
          name={name}
          label={allWords.provider.join(name)}
          returnPath="/"
          invitation={invitation}
        />
      )}
      <p>{words.expires(format.dateTime(expiresAt))}</p>
    </Frame>
  );
}
