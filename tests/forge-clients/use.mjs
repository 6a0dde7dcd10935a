// Does with each forge's own client what AksInsights does by itself: a commit on a new branch, a pull request, the same once more, and a list.
// Reads { "github": url, "azure": url, "gitlab": url, "token", "base", "content" } from standard input; an address that is missing is left out.
// Writes one line of JSON for each forge: { "forge", "commit", "pull", "again", "listed", "branchAgain" }.
import fs from 'node:fs';

import { Gitlab } from '@gitbeaker/rest';
import { Octokit } from '@octokit/rest';
import * as azure from 'azure-devops-node-api';

const input = JSON.parse(fs.readFileSync(0, 'utf8'));
const [branch, path, message] = ['by-the-client', 'apps/web.yaml', 'A commit of the client'];

// What a client says when it is refused: the status and the words.
async function refusal(action) {
  try {
    await action();
    return 'nothing was refused';
  } catch (error) {
    const status = error.status ?? error.statusCode ?? error.cause?.response?.status ?? 0;
    return `${status} ${error.message} ${error.cause?.description ?? ''}`.trim();
  }
}

async function github() {
  const { rest } = new Octokit({ baseUrl: input.github, auth: input.token, log: { debug() {}, info() {}, warn() {}, error() {} } });
  const at = { owner: 'shop', repo: 'manifests' };
  const start = (await rest.git.getRef({ ...at, ref: 'heads/main' })).data.object.sha;
  const old = (await rest.git.getCommit({ ...at, commit_sha: start })).data;
  const blob = (await rest.git.createBlob({ ...at, content: Buffer.from(input.content).toString('base64'), encoding: 'base64' })).data.sha;
  const tree = (await rest.git.createTree({ ...at, base_tree: old.tree.sha, tree: [{ path, mode: '100644', type: 'blob', sha: blob }] })).data.sha;
  const commit = (await rest.git.createCommit({ ...at, message, tree, parents: [start] })).data.sha;
  await rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: commit });
  const pull = { ...at, title: 'By the client', head: branch, base: 'main', body: 'text' };
  const { number } = (await rest.pulls.create(pull)).data;
  await rest.pulls.update({ ...at, pull_number: number, title: 'By the client, twice' });
  return {
    commit,
    pull: number,
    again: await refusal(() => rest.pulls.create(pull)),
    branchAgain: await refusal(() => rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: commit })),
    back: await refusal(() => rest.git.updateRef({ ...at, ref: `heads/${branch}`, sha: start, force: false })),
    listed: (await rest.pulls.list({ ...at, head: `shop:${branch}`, state: 'all' })).data.map((p) => p.title),
  };
}

async function azureDevOps() {
  const git = await new azure.WebApi(input.azure, azure.getPersonalAccessTokenHandler(input.token), { allowRetries: false }).getGitApi();
  const start = (await git.getRefs('manifests', 'shop', 'heads/main'))[0].objectId;
  const push = {
    refUpdates: [{ name: `refs/heads/${branch}`, oldObjectId: start }],
    commits: [{ comment: message, changes: [{ changeType: 2, item: { path: `/${path}` }, newContent: { content: Buffer.from(input.content).toString('base64'), contentType: 1 } }] }],
  };
  const commit = (await git.createPush(push, 'manifests', 'shop')).commits[0].commitId;
  const pull = { sourceRefName: `refs/heads/${branch}`, targetRefName: 'refs/heads/main', title: 'By the client', description: 'text' };
  const { pullRequestId } = await git.createPullRequest(pull, 'manifests', 'shop');
  await git.updatePullRequest({ title: 'By the client, twice' }, 'manifests', pullRequestId, 'shop');
  return {
    commit,
    pull: pullRequestId,
    again: await refusal(() => git.createPullRequest(pull, 'manifests', 'shop')),
    branchAgain: await refusal(() => git.createPush(push, 'manifests', 'shop')),
    listed: (await git.getPullRequests('manifests', { sourceRefName: pull.sourceRefName, status: 4 }, 'shop')).map((p) => p.title),
  };
}

async function gitlab() {
  const client = new Gitlab({ host: input.gitlab, token: input.token });
  const project = 'shop/platform/manifests';
  const file = await client.RepositoryFiles.show(project, path, 'main');
  const actions = [{ action: 'update', filePath: path, content: Buffer.from(input.content).toString('base64'), encoding: 'base64', lastCommitId: file.last_commit_id }];
  const start = (await client.Branches.show(project, 'main')).commit.id;
  const { id: commit } = await client.Commits.create(project, branch, message, actions, { startSha: start });
  const { iid } = await client.MergeRequests.create(project, branch, 'main', 'By the client', { description: 'text', removeSourceBranch: true });
  await client.MergeRequests.edit(project, iid, { title: 'By the client, twice' });
  return {
    commit,
    pull: iid,
    again: await refusal(() => client.MergeRequests.create(project, branch, 'main', 'By the client')),
    branchAgain: await refusal(() => client.Commits.create(project, branch, message, actions, { startSha: start })),
    stale: await refusal(() => client.Commits.create(project, branch, message, actions)),
    listed: (await client.MergeRequests.all({ projectId: project, sourceBranch: branch, state: 'all' })).map((m) => m.title),
  };
}

for (const [forge, use] of Object.entries({ github, azure: azureDevOps, gitlab })) {
  if (input[forge]) console.log(JSON.stringify({ forge, ...(await use()) }));
}
