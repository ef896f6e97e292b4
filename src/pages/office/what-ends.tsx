/** What ends with a role, an officer or a passkey, as the questions before that show it. Shown by test/office/role-authors.test.ts. */
import type * as dependents from '../../office/dependents.ts';
import { roleName } from './role-messages.ts';

const counted = ({ links, requests, roles }: dependents.Dependent): string[] =>
  (
    [
      [links, 'tautan yang masih terbuka'],
      [requests, 'pengajuan pencabutan yang belum disetujui'],
      [roles.length, 'peran yang belum mulai berlaku'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`);

/** Of more roles the list is folded, so that the button stays near. */
const FEW = 3;

/** What ends with it: how much, and whose roles. */
export function WhatEnds({ of, lead = 'Ikut berakhir:' }: { of: dependents.Dependent; lead?: string }) {
  const some = counted(of);
  if (some.length === 0) return <p>Tidak ada tautan, pengajuan, atau peran lain yang ikut berakhir.</p>;
  return (
    <>
      <p>{lead}</p>
      <ul>
        {some.map((line) => (
          <li>{line}</li>
        ))}
        {of.roles.length <= FEW && <RolesOf roles={of.roles} />}
      </ul>
      {of.roles.length > FEW && (
        <details>
          <summary>Lihat peran yang ikut berakhir</summary>
          <ul>
            <RolesOf roles={of.roles} />
          </ul>
        </details>
      )}
    </>
  );
}

/** What ends with a penyelenggara's role on another day: with the one that was said, or, before (`most`), at most. */
export function AtNewEnd({
  ends,
  most,
  day,
}: {
  ends: dependents.Dependent;
  most: dependents.Dependent | null;
  day: string | null;
}) {
  if (most === null)
    return (
      <WhatEnds
        of={ends}
        lead={
          day === null ? 'Tanpa tanggal akhir ikut berakhir:' : `Dengan tanggal akhir ${day} ikut berakhir:`
        }
      />
    );
  if (counted(most).length === 0)
    return <p>Tidak ada undangan atau peran darinya yang dapat ikut berakhir.</p>;
  return (
    <>
      <WhatEnds of={most} lead="Yang melewati tanggal akhir baru ikut berakhir, paling banyak:" />
      <p>Yang ikut berakhir ditampilkan sekali lagi sebelum Anda menyetujui.</p>
    </>
  );
}

export const RolesOf = ({ roles }: { roles: readonly dependents.RoleOf[] }) => (
  <>
    {roles.map(({ nama, role }) => (
      <li>
        peran <b>{roleName(role)}</b> untuk {nama}
      </li>
    ))}
  </>
);
